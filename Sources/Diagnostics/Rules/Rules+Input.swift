extension DiagnosticCatalog {
  /// AP90xx: files and streams that cannot be read or written.
  static let input: [DiagnosticRule] = [
    DiagnosticRule(
      "AP9001", .error, "a file cannot be read",
      cause:
        "The file does not exist, or the account that runs policyc may not read it or a folder above it.",
      example: "policyc build Policies/helo.attpolicy",
      cure: "Check the spelling of the path, and that you may read it: ls -l shows its permissions.",
      corrected: "policyc build Policies/hello.attpolicy"),
    DiagnosticRule(
      "AP9002", .error, "a file is not UTF-8",
      cause: """
        Policies, catalogues and payloads are UTF-8. The file has bytes that no UTF-8 text has: most often \
        it was saved as UTF-16 or in a Windows code page.
        """,
      example: "message en \"Ger\u{FFFD}t\"    // the byte FC: ISO 8859-1",
      cure: "Save the file as UTF-8 in your editor, or convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW.",
      corrected: "message en \"Gerät\""),
    DiagnosticRule(
      "AP9003", .error, "a file has a NUL byte",
      cause: """
        A NUL byte is no part of any text that policyc reads. The file is most likely binary, UTF-16, or was \
        not written to the end before a machine stopped.
        """,
      example: "policy hello\\0 version 1.0.0 { }",
      cure: "Open the file in an editor that shows NUL bytes and remove them, or save it as UTF-8.",
      corrected: "policy hello version 1.0.0 { }"),
    DiagnosticRule(
      "AP9004", .error, "a file is too large",
      cause: """
        Every kind of file has a largest size, so that a wrong path cannot fill the memory of the machine. \
        The message names the size allowed for this kind.
        """,
      example: "policyc build disk-image.attpolicy",
      cure:
        "Check that the path is the one you meant. Split a policy that is really that large, and import its parts.",
      corrected: "policyc build Policies"),
    DiagnosticRule(
      "AP9005", .error, "a folder is given where a file is needed",
      cause: "The command reads one file here, and the path names a folder.",
      example: "policyc validate build/out",
      cure: "Name the file in the folder.",
      corrected: "policyc validate build/out/hello.syncml.xml"),
    DiagnosticRule(
      "AP9006", .error, "output cannot be written",
      cause: """
        The output folder or file could not be created or filled: the disk is full, the account may not \
        write there, or a file is in the way of a folder. What was there before is unchanged.
        """,
      example: "policyc build Policies -o /usr/out",
      cure: "Free space on the disk, or name a folder with -o that you may write to.",
      corrected: "policyc build Policies -o build/out"),
    DiagnosticRule(
      "AP9007", .error, "a path is neither a file nor a folder",
      cause: """
        The path names a device, a socket, a named pipe, or a file that the kernel makes up in /proc, /sys or /dev. policyc \
        reads regular files, so that it never waits for a writer that does not come, and a link in a repository does not have \
        it show what only this machine knows; only standard input may be a pipe.
        """,
      example: "policyc build /dev/zero",
      cure: "Name a regular file, or pipe the text to standard input and give - as the path.",
      corrected: "cat hello.attpolicy | policyc build - -o build/out"),
    DiagnosticRule(
      "AP9008", .error, "a folder has no policies",
      cause: "Neither the folder nor a folder below it has a file whose name ends in .attpolicy.",
      example: "policyc build docs",
      cure: "Name the folder that the policies are in, or the files one by one.",
      corrected: "policyc build Policies"),
    DiagnosticRule(
      "AP9009", .error, "a pipe that an output goes to was closed early",
      cause: """
        The program that reads a pipe named as an output ended before everything was written. What it did not read is \
        lost. A reader of standard output, such as head, may end when it likes.
        """,
      example: "policyc report p.compiled.json --input d.csv -o >(head -1)",
      cure: "Let the reader read to the end, or write to a file first.",
      corrected: "policyc report p.compiled.json --input d.csv -o report.csv"),
    DiagnosticRule(
      "AP9010", .error, "a link leads out of the policy folder",
      cause: """
        A policy, or a file that one imports, lies somewhere else once links are followed. Policies come from repositories, \
        and a link in one could have any file of the machine read and shown in a finding. So what is read has to lie in the \
        folder that is built or, where a file is named, in the folder of that name.
        """,
      example: """
        ln -s ~/shared/builds.attpolicy Policies/builds.attpolicy
        policyc build Policies
        """,
      cure: "Put the file itself into the folder, or name a folder that holds both with --root.",
      corrected: "policyc build Policies --root ~"),
    DiagnosticRule(
      "AP9011", .error, "an output folder is in use",
      cause: """
        Another run of policyc writes to the folder. One run of an account writes to a folder at a time, so that outputs of two \
        are never mixed; the next one waits up to a minute. Or the names of the files that tell whose turn it is are taken by \
        something else.
        """,
      example: "policyc build Policies -o out & policyc build Policies -o out",
      cure: "Run the command again when the other one has ended, or write to another folder.",
      corrected: "policyc build Policies -o out"),
    DiagnosticRule(
      "AP9012", .error, "outputs are not what their manifest says",
      cause: """
        The folder lacks a file that manifest.json names, a file has another content than when it was built, or there is a \
        payload or a compiled policy that no policy of the manifest has. It was edited, copied in part, or mixed with \
        another build.
        """,
      example: "policyc build --verify build/out",
      cure: "Build the policies again; remove what is surplus.",
      corrected: "policyc build Policies -o build/out"),
    DiagnosticRule(
      "AP9013", .warning, "the map beside a payload is not used",
      cause: """
        A build writes NAME.map.json beside its payloads: it says which devices they are for and which findings the policy's author \
        accepted. This one is of another payload, or is not what a build writes, so that nothing of it counts.
        """,
      example: "{\"payloads\":[{\"payload\":\"p.syncml.xml\",\"sha256\":\"…of another file…\", … }], … }",
      cure: "Build the policy again, or remove the map when the payload was changed on purpose.",
      corrected: "{\"payloads\":[{\"payload\":\"p.syncml.xml\",\"sha256\":\"…of this file…\", … }], … }"),
    DiagnosticRule(
      "AP9014", .error, "a code has no page",
      cause:
        "policyc explain is asked for something that is not a code, or for a code that nobody has described.",
      example: "policyc explain AP9oo3",
      cure: "Copy the code from the message. policyc explain --list prints every code.",
      corrected: "policyc explain AP9003"),
    DiagnosticRule(
      "AP9030", .error, "the devices of a fleet need more memory than there is",
      cause: """
        policyc report keeps a row for each device until the report is written. The memory that the account, the \
        container or the machine allows would not hold them and the report. Nothing was written.
        """,
      example: "policyc report laptops.compiled.json --input three-million-devices.csv",
      cure: "Split the input and report on each part, or allow the program more memory.",
      corrected: "policyc report laptops.compiled.json --input europe.csv"),
  ]
}
