import PolicyModel

/// The script that asks all questions of one PowerShell, and what it prints: one JSON object with a member for each.
///
/// Nothing is put into the script but rows of a fixed table. A question that fails leaves the others: its member is
/// `{"error": …, "kind": …, "hresult": …}`.
enum WindowsScript {
  static let questions =
    SystemQuestions.all + SecurityQuestions.all + HardwareQuestions.all + TrustedModuleQuestions.all

  static let facts = Set(questions.flatMap(\.facts)).sorted()

  /// The questions that tell some of the facts, and the signs of virtual machines.
  static func selection(for wanted: Set<String>) -> [WindowsQuestion] {
    let needsSigns = !wanted.isDisjoint(with: WindowsSource.signFacts)
    return questions.filter { question in
      question.facts.contains(where: wanted.contains) || (needsSigns && question.recognize != nil)
    }
  }

  /// The script for these questions. It has no quotation mark, so that every way to start a program passes it on as it is.
  static func source(_ questions: [WindowsQuestion]) -> String {
    let rows = questions.map { "ask '\($0.name)' {\n\($0.expression)\n};" }
    return ([beginning] + rows + [end]).joined(separator: "\n") + "\n"
  }

  /// The script on one line, for a command line.
  static func commandLine(_ questions: [WindowsQuestion]) -> String {
    source(questions).split(whereSeparator: \.isNewline).map { Words.trimmed($0) }.joined(separator: " ")
  }

  private static let beginning = """
    $ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';
    $answers = [ordered]@{};
    function ask($name, $question) {
      try { $answers[$name] = & $question }
      catch {
        $answers[$name] = @{ error = [string]$_.Exception.Message; kind = [string]$_.CategoryInfo.Reason;
          hresult = $_.Exception.HResult }
      }
    };
    """

  /// What is not ASCII is escaped, since the encoding of the output is any.
  private static let end = #"""
    $json = $answers | ConvertTo-Json -Depth 4 -Compress;
    try { $json = [regex]::Replace($json, '[^ -~]', { param($m) '\u{0:x4}' -f [int][char]$m.Value }) } catch { };
    $json
    """#

  /// What the script's output says, a reading for each question that it has a member for.
  static func readings(in text: ToolText) -> [WindowsReading] {
    do throws(JSONError) {
      let document = try WindowsAnswer.document(text)
      let readings = questions.compactMap { question -> WindowsReading? in
        guard let answer = document[question.name] else { return nil }
        var reading = question.interpret(WindowsAnswer(answer, question: question.name))
        reading.question = question.name
        return reading
      }
      return readings.isEmpty
        ? [.nothing(of: facts, "the JSON has no member that is the name of a question")] : readings
    } catch {
      let start = text.firstLine.map { "; the output begins with \(ToolText.quote($0))" } ?? ""
      return [.nothing(of: facts, "the output is not the JSON of the script: \(error)\(start)")]
    }
  }
}

extension MachineSigns {
  /// Takes over what is not known yet.
  mutating func add(_ other: MachineSigns) {
    tpmManufacturer = tpmManufacturer ?? other.tpmManufacturer
    systemManufacturer = systemManufacturer ?? other.systemManufacturer
    systemModel = systemModel ?? other.systemModel
    firmwareVendor = firmwareVendor ?? other.firmwareVendor
    chassisAssetTag = chassisAssetTag ?? other.chassisAssetTag
    hypervisor = hypervisor ?? other.hypervisor
    usesOwnHypervisor = usesOwnHypervisor ?? other.usesOwnHypervisor
    isVirtualDesktop = isVirtualDesktop ?? other.isVirtualDesktop
  }
}
