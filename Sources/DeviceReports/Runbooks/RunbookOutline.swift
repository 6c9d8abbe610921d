import PolicyModel

/// A plan in words, in the order in which it is read: what every way of printing it is made from.
struct RunbookOutline {
  /// A line of a section.
  struct Item {
    /// How a line is marked.
    enum Mark {
      case bullet
      case number(Int)
      /// A precondition that a fact shows as done, or that is still to be done.
      case box(isDone: Bool)
      /// Here the runbook stops.
      case stop
    }

    let mark: Mark
    let text: String
    /// What is said beside it, such as why.
    var note: String?
  }

  /// Lines below a heading.
  struct Section {
    let title: String
    let items: [Item]
  }

  let title: String
  /// Who, how long, how bad: one line each.
  let summary: [String]
  private(set) var sections: [Section] = []

  init(_ plan: RunbookPlan, language: ReportLanguage) {
    let runbook = plan.runbook
    func say(_ english: String, _ japanese: String) -> String { language.choose(english, japanese) }
    func bullets(_ texts: [LocalizedText]) -> [Item] {
      texts.map { Item(mark: .bullet, text: $0[language]) }
    }
    func add(_ title: String, _ items: [Item]) {
      if !items.isEmpty { sections.append(Section(title: title, items: items)) }
    }
    title = runbook.title[language]
    let impact =
      switch runbook.impact {
      case .none: say("Nothing is lost and nothing restarts.", "データの損失や再起動はありません。")
      case .restart: say("The device restarts; nothing is lost.", "デバイスが再起動します。データの損失はありません。")
      case .losesData: say("Something can be lost for good.", "元に戻せない損失が生じることがあります。")
      }
    summary = [
      impact,
      runbook.needsAdministrator
        ? say("Needs administrator rights.", "管理者権限が必要です。")
        : say("Needs no administrator rights.", "管理者権限は不要です。"),
      say("Time: ", "所要時間: ") + runbook.duration[language],
    ]
    add(say("What is lost", "失われるもの"), bullets(runbook.destroys))
    add(
      say("Before", "事前に必要なこと"),
      zip(runbook.before, plan.standings).map { precondition, standing in
        Self.item(precondition, standing, language)
      })
    if plan.fitsNoPart {
      add(
        say("Steps", "手順"),
        [
          Item(
            mark: .stop,
            text: say("No part of this runbook is meant for this device.", "このデバイスに該当する手順はありません。"))
        ])
    }
    for part in plan.parts {
      let shown = plan.shown(of: part)
      var items = shown.steps.enumerated().map { Item(mark: .number($0 + 1), text: $1.text[language]) }
      if !shown.obstacles.isEmpty { items.append(Self.stop(shown.obstacles, plan, language)) }
      let steps = say("Steps", "手順")
      add(part.title.map { say("\(steps): \($0[language])", "\(steps): \($0[language])") } ?? steps, items)
    }
    guard !plan.isStopped else { return }
    add(say("Afterwards", "作業後"), bullets(runbook.after))
    add(say("How to see that it worked", "確認方法"), bullets(runbook.verification))
    add(
      say("Next", "次の対処"),
      runbook.next.map {
        Item(mark: .bullet, text: $0.rawValue, note: RunbookCatalog.embedded[$0]?.title[language])
      })
  }

  private static func item(
    _ precondition: Runbook.Precondition, _ standing: RunbookPlan.Standing, _ language: ReportLanguage
  ) -> Item {
    switch standing {
    case .done(let fact, let value):
      Item(mark: .box(isDone: true), text: precondition.text[language], note: "\(fact) = \(value)")
    case .open, .missing:
      Item(mark: .box(isDone: false), text: precondition.text[language], note: precondition.reason[language])
    }
  }

  /// Why the rest is withheld.
  private static func stop(
    _ obstacles: [Runbook.Precondition], _ plan: RunbookPlan, _ language: ReportLanguage
  ) -> Item {
    let found = zip(plan.runbook.before, plan.standings).compactMap { precondition, standing -> String? in
      guard obstacles.contains(precondition), case .missing(let fact, let value) = standing else {
        return nil
      }
      if let fact, let value { return "\(fact) = \(value)" }
      return precondition.satisfiedBy.map(\.fact).joined(separator: language.choose(" and ", "、"))
        + language.choose(" not known", " が不明")
    }
    let reasons = found.joined(separator: "; ")
    return Item(
      mark: .stop,
      text: language.choose(
        "Stop here: the next step destroys what cannot be restored, and nothing shows that it is prepared (\(reasons)).",
        "ここで中止してください。次の手順を行うと元に戻せず、事前準備が済んでいることを確認できません (\(reasons))。"),
      note: obstacles.first?.text[language])
  }
}
