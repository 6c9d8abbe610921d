import Diagnostics

extension DeviceAnswers {
  /// Codes of Intune that are no status of a device.
  static let codes: [Row] = [
    Row(
      0x87D1_FDE8, LocalizedText("the setting could not be applied", "設定を適用できなかった"),
      cause: LocalizedText(
        "Intune shows it when the device answered a setting with an error, or did not have the value afterwards; it does not say with which.",
        "設定に対してデバイスがエラーを返したか、適用後に値が一致しなかった場合に、Intune に表示されます。どのエラーかは示されません。"),
      cure: LocalizedText(
        "Run policyc validate on the payload: it names the command that a device refuses and its likely status. On the device, the event log DeviceManagement-Enterprise-Diagnostics-Provider/Admin has the status.",
        "ペイロードに対して policyc validate を実行すると、デバイスが拒否するコマンドと、予想される状態がわかります。デバイスでは、イベント ログ DeviceManagement-Enterprise-Diagnostics-Provider/Admin に状態が記録されます。"
      ))
  ]

  static let statuses: [Row] = [
    Row(
      200, LocalizedText("done", "完了"),
      cause: LocalizedText(
        "The device carried the command out.",
        "コマンドは正常に実行されました。"),
      cure: LocalizedText(
        "Nothing.",
        "対処は不要です。")),
    Row(
      202, LocalizedText("accepted", "受け付け済み"),
      cause: LocalizedText(
        "The device took the command and works on it; the result comes later, in an alert or in a node that reports it. Exec of a node that takes long is answered so.",
        "デバイスがコマンドを受け付け、処理しています。結果は後で、アラートまたは結果を報告するノードに示されます。時間のかかるノードへの Exec には、この応答が返ります。"),
      cure: LocalizedText(
        "Read the node that reports the outcome, such as AttestStatus after TriggerAttestation.",
        "結果を報告するノードを読み取ります。たとえば、TriggerAttestation の後は AttestStatus を確認します。")),
    Row(
      212, LocalizedText("signed in", "認証済み"),
      cause: LocalizedText(
        "The device accepts the server's credentials for the whole session.",
        "サーバーの資格情報が、このセッションの全体を通して受け付けられました。"),
      cure: LocalizedText(
        "Nothing.",
        "対処は不要です。")),
    Row(
      213, LocalizedText("part accepted", "一部を受信"),
      cause: LocalizedText(
        "The device keeps one part of an item that is sent in several.",
        "分割して送られた項目の一部が、デバイスに保持されました。"),
      cure: LocalizedText(
        "Send the other parts; only the last is answered with the result.",
        "残りの部分を送信します。結果が返るのは最後の部分だけです。")),
    Row(
      214, LocalizedText("cancelled", "中止"),
      cause: LocalizedText(
        "The command was carried out, and the device takes no more in this session.",
        "コマンドは実行されましたが、デバイスはこのセッションではこれ以上受け付けません。"),
      cure: LocalizedText(
        "Send the rest in the next session.",
        "残りは次のセッションで送信します。")),
    Row(
      215, LocalizedText("not carried out", "未実行"),
      cause: LocalizedText(
        "The user of the device refused the command.",
        "デバイスの利用者がコマンドを拒否しました。"),
      cure: LocalizedText(
        "Ask the user, or use a command that asks nobody.",
        "利用者に確認するか、確認を求めないコマンドを使用します。")),
    Row(
      216, LocalizedText("rolled back", "ロールバック済み"),
      cause: LocalizedText(
        "The command was one of an Atomic that failed, and what it did is undone.",
        "コマンドは失敗した Atomic の一部だったため、実行結果が取り消されました。"),
      cure: LocalizedText(
        "Look for the command of the same Atomic whose status is neither 216 nor 507: it is the cause.",
        "同じ Atomic の中で、状態が 216 でも 507 でもないコマンドを探します。それが原因です。")),
    Row(
      400, LocalizedText("malformed", "形式が不正"),
      cause: LocalizedText(
        "The device cannot read the command: an element is missing, misplaced or not a command at all. A command without a CmdID is answered so too.",
        "デバイスがコマンドを解釈できません。要素が足りない、位置が誤っている、またはコマンドではありません。CmdID のないコマンドにも、この応答が返ります。"),
      cure: LocalizedText(
        "Run policyc validate on the message: the structure is judged by the codes SM11xx to SM13xx.",
        "メッセージに対して policyc validate を実行します。構造は SM11xx から SM13xx のコードで判定されます。")),
    Row(
      401, LocalizedText("not signed in", "認証されていない"),
      cause: LocalizedText(
        "The server's credentials are wrong.",
        "サーバーの資格情報が正しくありません。"),
      cure: LocalizedText(
        "Renew the credentials of the enrollment. The payload is not at fault.",
        "登録の資格情報を更新します。ペイロードの問題ではありません。")),
    Row(
      403, LocalizedText("forbidden", "禁止"),
      cause: LocalizedText(
        "The device understands the command and refuses it to this server, whatever its credentials.",
        "デバイスはコマンドを理解しましたが、資格情報にかかわらず、このサーバーからの実行を拒否しています。"),
      cure: LocalizedText(
        "Look for another management that owns the setting, such as Group Policy or a second enrollment.",
        "設定を所有する別の管理 (グループ ポリシーやもう 1 つの登録など) がないか確認します。")),
    Row(
      404, LocalizedText("no such node", "ノードがない"),
      cause: LocalizedText(
        "The path names no node on this device: it is misspelt, belongs to another scope, was removed, needs a newer build or another edition, or is an instance that nobody has made yet. A Get of a setting that was never set is answered so too.",
        "このパスのノードはデバイスにありません。綴りの誤り、別のスコープのノード、廃止、ビルドやエディションの不足、または未作成のインスタンスが考えられます。一度も設定されていない値の Get にも、この応答が返ります。"
      ),
      cure: LocalizedText(
        "Run policyc catalog show on the path for its builds and editions, and policyc validate on the payload with --targets for the devices.",
        "パスに対して policyc catalog show を実行してビルドとエディションを確認し、ペイロードに対して policyc validate を --targets にデバイスを指定して実行します。"
      )),
    Row(
      405, LocalizedText("command not allowed on the node", "ノードで許可されていないコマンド"),
      cause: LocalizedText(
        "The node exists and does not accept the command, such as Replace on a node that only reports. A command for a user in a session of the device is answered so too.",
        "ノードはありますが、このコマンドを受け付けません (報告専用のノードに対する Replace など)。デバイスのセッションでの、ユーザー向けのコマンドにも、この応答が返ります。"),
      cure: LocalizedText(
        "Run policyc catalog show on the path: it lists the commands that the node accepts.",
        "パスに対して policyc catalog show を実行します。ノードが受け付けるコマンドが表示されます。")),
    Row(
      406, LocalizedText("property not supported", "サポートされていないプロパティ"),
      cause: LocalizedText(
        "The node exists, and the device does not support what is asked of it, such as a property in the query of the path.",
        "ノードはありますが、パスのクエリで要求されたプロパティなどを、デバイスがサポートしていません。"),
      cure: LocalizedText(
        "Leave the query out, or ask for another property.",
        "クエリを外すか、別のプロパティを要求します。")),
    Row(
      407, LocalizedText("sign-in needed", "認証が必要"),
      cause: LocalizedText(
        "The device asks the server to sign in first.",
        "デバイスは、先にサーバーが認証することを求めています。"),
      cure: LocalizedText(
        "Send the credentials that the device asks for. The payload is not at fault.",
        "デバイスが求める資格情報を送信します。ペイロードの問題ではありません。")),
    Row(
      409, LocalizedText("conflict", "競合"),
      cause: LocalizedText(
        "Another change of the same data conflicts with this one.",
        "同じデータに対する別の変更と競合しています。"),
      cure: LocalizedText(
        "Read the node, then send the change again.",
        "ノードを読み取ってから、変更をもう一度送信します。")),
    Row(
      410, LocalizedText("gone", "廃止済み"),
      cause: LocalizedText(
        "The target was there and is not any more.",
        "対象は以前ありましたが、現在はありません。"),
      cure: LocalizedText(
        "Stop addressing it.",
        "この対象を指定しないようにします。")),
    Row(
      412, LocalizedText("incomplete", "不完全"),
      cause: LocalizedText(
        "A part of the command is missing or wrongly formed.",
        "コマンドの一部が足りないか、形式が正しくありません。"),
      cure: LocalizedText(
        "Run policyc validate on the payload.",
        "ペイロードに対して policyc validate を実行します。")),
    Row(
      413, LocalizedText("too large", "大きすぎるメッセージ"),
      cause: LocalizedText(
        "The device does not take so much in one message.",
        "1 つのメッセージの大きさが、デバイスの上限を超えています。"),
      cure: LocalizedText(
        "Send less at a time; DevDetail and the message header say how much the device takes.",
        "一度に送る量を減らします。上限は DevDetail とメッセージのヘッダーに示されます。")),
    Row(
      414, LocalizedText("path too long", "長すぎるパス"),
      cause: LocalizedText(
        "The path is longer than the device allows.",
        "パスが、デバイスの許容する長さを超えています。"),
      cure: LocalizedText(
        "Shorten the names that you choose yourself; DevDetail/URI reports the limits.",
        "自分で決める名前を短くします。上限は DevDetail/URI で確認できます。")),
    Row(
      415, LocalizedText("type or format not supported", "サポートされていない型または形式"),
      cause: LocalizedText(
        "The Format or Type of the item is not that of the node, such as chr where the node takes int.",
        "項目の Format または Type がノードと一致しません (int のノードに chr を指定した場合など)。"),
      cure: LocalizedText(
        "Run policyc catalog show on the path for the node's format.",
        "パスに対して policyc catalog show を実行し、ノードの形式を確認します。")),
    Row(
      416, LocalizedText("size too large", "大きすぎるサイズ"),
      cause: LocalizedText(
        "The size that the item announces is more than the device takes.",
        "項目が示すサイズが、デバイスの上限を超えています。"),
      cure: LocalizedText(
        "Send less, or in parts.",
        "送信量を減らすか、分割して送信します。")),
    Row(
      418, LocalizedText("already exists", "すでに存在する"),
      cause: LocalizedText(
        "Add names an instance that exists.",
        "Add で、既存のインスタンスと同じ名前が指定されました。"),
      cure: LocalizedText(
        "Use Replace, or Delete the instance before.",
        "Replace を使用するか、先にインスタンスを Delete で削除します。")),
    Row(
      420, LocalizedText("device full", "空き容量不足"),
      cause: LocalizedText(
        "The device has no room for the data.",
        "デバイスに、データを格納する空きがありません。"),
      cure: LocalizedText(
        "Free space on the device.",
        "デバイスの空き容量を増やします。")),
    Row(
      424, LocalizedText("size does not match", "サイズの不一致"),
      cause: LocalizedText(
        "The parts of an item are together not as long as the item said.",
        "分割された項目の合計が、項目の示したサイズと一致しません。"),
      cure: LocalizedText(
        "Send the item again with its true size.",
        "正しいサイズを指定して、項目をもう一度送信します。")),
    Row(
      425, LocalizedText("access denied", "アクセス拒否"),
      cause: LocalizedText(
        "The node's access list does not allow this server the command.",
        "ノードのアクセス制御リストが、このサーバーにコマンドを許可していません。"),
      cure: LocalizedText(
        "Look at which server owns the node: another enrollment, or a setting that is locked.",
        "ノードを所有するサーバーを確認します (別の登録、またはロックされた設定など)。")),
    Row(
      427, LocalizedText("not empty", "空ではない"),
      cause: LocalizedText(
        "The node cannot be deleted while others are below it.",
        "下位のノードがあるため、ノードを削除できません。"),
      cure: LocalizedText(
        "Delete those below it first.",
        "先に下位のノードを削除します。")),
    Row(
      500, LocalizedText("command failed", "コマンドの失敗"),
      cause: LocalizedText(
        "The component behind the node refused the value or failed, and Windows has no better status for why. A value outside of the allowed ones is mostly answered so, as is an Atomic or a Get inside an Atomic.",
        "ノードを処理するコンポーネントが値を拒否したか失敗し、より適切な状態が Windows にありません。許可されていない値や、Atomic の中の Atomic と Get には、多くの場合この応答が返ります。"
      ),
      cure: LocalizedText(
        "Run policyc validate on the payload for the value; then read the device's event log DeviceManagement-Enterprise-Diagnostics-Provider/Admin for the component's own error.",
        "ペイロードに対して policyc validate を実行して値を確認し、デバイスのイベント ログ DeviceManagement-Enterprise-Diagnostics-Provider/Admin でコンポーネントのエラーを確認します。"
      )),
    Row(
      501, LocalizedText("not implemented", "未実装"),
      cause: LocalizedText(
        "The device does not know the command at all.",
        "デバイスがこのコマンドに対応していません。"),
      cure: LocalizedText(
        "Use another command; Copy, Move and Search are not for Windows.",
        "別のコマンドを使用します。Copy、Move、Search は Windows では使用できません。")),
    Row(
      503, LocalizedText("busy", "ビジー"),
      cause: LocalizedText(
        "The device cannot work on the command now.",
        "デバイスが、現在コマンドを処理できません。"),
      cure: LocalizedText(
        "Send it again later.",
        "時間をおいて、もう一度送信します。")),
    Row(
      505, LocalizedText("version not supported", "サポートされていないバージョン"),
      cause: LocalizedText(
        "VerDTD of the message is not one that the device takes.",
        "メッセージの VerDTD に、デバイスが対応していません。"),
      cure: LocalizedText(
        "Write 1.2.",
        "1.2 と記述します。")),
    Row(
      506, LocalizedText("error in processing", "処理中のエラー"),
      cause: LocalizedText(
        "The device failed while it worked on the command.",
        "コマンドの処理中に、デバイスでエラーが発生しました。"),
      cure: LocalizedText(
        "Send it again; if it fails again, read the event log of the device.",
        "もう一度送信します。再び失敗する場合は、デバイスのイベント ログを確認します。")),
    Row(
      507, LocalizedText("Atomic failed", "Atomic の失敗"),
      cause: LocalizedText(
        "A command of the Atomic failed, so that none of them is carried out.",
        "Atomic の中のコマンドが失敗したため、すべてのコマンドが実行されませんでした。"),
      cure: LocalizedText(
        "Look for the command in the same Atomic with another status than 216 and 507: it is the cause.",
        "同じ Atomic の中で、状態が 216 でも 507 でもないコマンドを探します。それが原因です。")),
    Row(
      510, LocalizedText("store failure", "データ ストアの障害"),
      cause: LocalizedText(
        "The device could not read or write the data behind the node.",
        "ノードのデータを、デバイスが読み書きできませんでした。"),
      cure: LocalizedText(
        "Read the event log of the device.",
        "デバイスのイベント ログを確認します。")),
    Row(
      513, LocalizedText("protocol not supported", "サポートされていないプロトコル"),
      cause: LocalizedText(
        "VerProto of the message is not one that the device takes.",
        "メッセージの VerProto に、デバイスが対応していません。"),
      cure: LocalizedText(
        "Write DM/1.2.",
        "DM/1.2 と記述します。")),
    Row(
      516, LocalizedText("not rolled back", "ロールバックの失敗"),
      cause: LocalizedText(
        "A command of an Atomic failed, and what another had done could not be undone.",
        "Atomic の中のコマンドが失敗し、ほかのコマンドの実行結果を取り消せませんでした。"),
      cure: LocalizedText(
        "Read what the nodes of the Atomic hold now, and set each of them anew.",
        "Atomic に含まれるノードの現在の値を読み取り、それぞれ設定し直します。")),
    Row(
      517, LocalizedText("answer too large", "大きすぎる応答"),
      cause: LocalizedText(
        "The answers to the commands of an Atomic do not fit into one message.",
        "Atomic のコマンドに対する応答が、1 つのメッセージに収まりません。"),
      cure: LocalizedText(
        "Put fewer commands into the Atomic.",
        "Atomic に含めるコマンドを減らします。")),
  ]
}
