import Diagnostics
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
    title = plan.headline(in: language)
    summary = Self.summary(of: runbook, language)
    add(say("What is lost", "失われるもの"), bullets(runbook.destroys))
    add(
      say("Before", "事前に必要なこと"),
      plan.before.map { Self.item($0.precondition, $0.standing, language) })
    if !plan.unfit.isEmpty {
      add(
        say("Steps", "手順"),
        [
          Item(
            mark: .stop,
            text: say("No part of this runbook is meant for this device.", "このデバイスに該当する手順はありません。"),
            note: plan.unfit.map(\.description).joined(separator: ", "))
        ])
    }
    for part in plan.parts {
      let shown = plan.shown(of: part)
      var items = shown.steps.enumerated().map { Item(mark: .number($0 + 1), text: $1.text[language]) }
      if let stop = shown.stop {
        items.append(
          Item(
            mark: .stop,
            text: say(
              "Stop here: the next step destroys what cannot be restored. \(stop.sentence(in: language))",
              "ここで中止してください。次の手順を行うと元に戻せません。\(stop.sentence(in: language))"),
            note: stop.precondition.text[language]))
      }
      let steps = say("Steps", "手順")
      add(part.title.map { say("\(steps): \($0[language])", "\(steps): \($0[language])") } ?? steps, items)
    }
    guard plan.stop == nil else { return }
    add(say("Afterwards", "作業後"), bullets(runbook.after))
    add(say("How to see that it worked", "確認方法"), bullets(runbook.verification))
    add(
      say("Next", "次の対処"),
      runbook.next.map {
        Item(mark: .bullet, text: $0.rawValue, note: $0.runbook.title[language])
      })
  }

  /// How bad, who and how long: a sentence each.
  static func summary(of runbook: Runbook, _ language: ReportLanguage) -> [String] {
    func say(_ english: String, _ japanese: String) -> String { language.choose(english, japanese) }
    let impact =
      switch runbook.impact {
      case .none: say("Nothing is lost and nothing restarts.", "データの損失も再起動もありません。")
      case .restart: say("The device restarts; nothing is lost.", "デバイスが再起動します。データの損失はありません。")
      case .losesData:
        say(
          "Can be lost for good: \(runbook.losses?[language] ?? "").",
          "元に戻せない損失が生じることがあります (\(runbook.losses?[language] ?? ""))。")
      }
    return [
      impact,
      runbook.needsAdministrator
        ? say("Needs administrator rights.", "管理者権限が必要です。")
        : say("Needs no administrator rights.", "管理者権限は不要です。"),
      say("Time: ", "所要時間: ") + runbook.duration[language],
    ]
  }

  private static func item(
    _ precondition: Runbook.Precondition, _ standing: RunbookPlan.Standing, _ language: ReportLanguage
  ) -> Item {
    switch standing {
    case .done(let fact):
      Item(mark: .box(isDone: true), text: precondition.text[language], note: fact.description)
    case .open, .missing:
      Item(mark: .box(isDone: false), text: precondition.text[language], note: precondition.reason[language])
    }
  }
}
