extension RuleText {
  static let japaneseCommands: [DiagnosticCode: RuleText] = [
    "SM1301": RuleText(
      "コマンドに CmdID がない",
      cause: "MS-MDM 2.2.3.2 では、CmdID が必須です。ないと、Windows は空の CmdID と状態 400 を返します。断片では、サーバーが追加します。",
      cure: "メッセージの中で重複しない CmdID を、コマンドの先頭に追加します。"),
    "SM1302": RuleText(
      "CmdID が重複している",
      cause: "デバイスは CmdID を付けて応答します。重複していると、どちらのコマンドへの応答かを区別できません。断片では、サーバーが番号を付け直すため、警告になります。",
      cure: "Atomic の中も含めて、メッセージのコマンドに順番に番号を付けます。"),
    "SM1303": RuleText(
      "CmdID が 0 か空になっている",
      cause: "MS-MDM 2.2.3.2 では、CmdID に 0 を使用できません。0 は、デバイスの応答でヘッダーを表します。",
      cure: "1 から番号を付けます。"),
    "SM1304": RuleText(
      "Atomic の中に Get がある",
      cause: "Windows ではサポートされません。Get には 500、Atomic には 507 が返り、全体がロールバックされます。",
      cure: "Get を Atomic の後に移動します。"),
    "SM1305": RuleText(
      "Atomic の中に Atomic がある",
      cause: "Windows では入れ子にできません。内側には 500、外側には 507 が返ります。",
      cure: "コマンドを 1 つの Atomic にまとめるか、2 つの Atomic を順に記述します。"),
    "SM1306": RuleText(
      "Atomic または Sequence が空になっている",
      cause: "少なくとも 1 つのコマンドが必要です。デバイスは 400 を返します。",
      cure: "コマンドを入れるか、削除します。"),
    "SM1307": RuleText(
      "Exec に複数の項目がある",
      cause: "ほかのコマンドと異なり、Exec の Item は 1 つだけです。",
      cure: "項目ごとに Exec を記述します。"),
    "SM1308": RuleText(
      "項目にノードの指定がない",
      cause: "Add、Replace、Delete、Get、Exec は、Target/LocURI のノードに対して実行されます。この項目には指定がありません。",
      cure: "ノードのパスを指定した Target を追加します。"),
    "SM1309": RuleText(
      "Atomic に無関係なノードがある",
      cause: "ビルドやエディションにノードがないために 1 つの設定が拒否されると、Atomic のほかの設定もすべて取り消されます。別々の CSP の設定を同時に変更する必要は、ほとんどありません。",
      cure: "Atomic は、同時に変更する必要がある設定にだけ使用します。"),
    "SM1310": RuleText(
      "Atomic で同じノードの Add と Replace を行っている",
      cause: "Windows では、1 つの Atomic の中で同じノードを Add した後に Replace することはサポートされません。",
      cure: "値を Add で指定するか、Replace を Atomic の後に移動します。"),
    "SM1311": RuleText(
      "ノードを重複して追加している",
      cause: "2 つ目の Add の時点でノードがすでに存在するため、418 が返ります。",
      cure: "どちらかを削除するか、2 つ目を Replace にします。"),
    "SM1312": RuleText(
      "Alert にコードがない",
      cause: "Alert の Data は、通知の種類を示す番号です。番号のない Alert に、デバイスは応答できません。",
      cure: "コードを記述します。"),
    "SM1313": RuleText(
      "Windows で使用されないコードの Alert",
      cause:
        "Windows で使用されるのは、1200 と 1201 (セッションの開始)、1222 (次のメッセージ)、1223 (セッションの終了)、1224 (イベント)、1225 (データの終わりがない)、1226 (汎用) です。ユーザーに文字列を表示するものなど、ほかのコードには効果がありません。",
      cure: "これらのコードのいずれかを記述するか、Alert を削除します。"),
    "SM1314": RuleText(
      "Alert にイベントの種類がない",
      cause: "Alert 1224 と 1226 のイベントの名前は、Item の Meta の Type に書きます。ないと、何のイベントかがわかりません。",
      cure: "Type を追加します。"),
    "SM1315": RuleText(
      "コマンドに Correlator がある",
      cause: "Correlator は OMA DM の要素ですが、Windows ではサポートされず、応答に含まれません。",
      cure: "Correlator を削除し、応答は CmdID で区別します。"),
    "SM1316": RuleText(
      "Status が正しくない",
      cause: "Status は 1 つのコマンドへの応答です。Cmd にコマンド名、CmdRef に CmdID (SyncHdr では 0)、Data に 3 桁の状態コードを書きます。",
      cure: "検出結果のメッセージに示された内容を記述します。"),
    "SM1317": RuleText(
      "Status に未知のコードがある",
      cause:
        "SyncML で定められているのは、101、200 から 216、300 から 305、400 から 428、500 から 517 です。ほかのコードの意味は、記述した側にしかわかりません。",
      cure: "SyncML で定められたコードを記述します。"),
    "SM1318": RuleText(
      "Results の項目にノードの指定がない",
      cause: "Results の Item では、Source にノードのパス、Data に値を書きます。",
      cure: "Source を追加します。"),
    "SM1319": RuleText(
      "ペイロードにコマンドと Results の両方がある",
      cause: "コマンドはサーバーが送信し、Results はデバイスが返すものです。デバイスは、受け取った Results を処理しません。",
      cure: "コピーした応答の残りか、コマンドのどちらかを削除します。"),
    "SM1320": RuleText(
      "Windows で実行されない Copy",
      cause:
        "Windows の DM クライアントが実行するのは、Add、Replace、Delete、Get、Exec、Atomic、Sequence です。OMA DM のほかのコマンドは実行されません。",
      cure: "ノードを値とともに Add で追加します。"),
  ]
}
