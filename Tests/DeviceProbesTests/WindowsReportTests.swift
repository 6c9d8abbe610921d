import PolicyModel
import Testing

@testable import DeviceProbes

@Suite("Reports of bcdedit, msinfo32, dxdiag and certreq")
struct WindowsReportTests {
  private func reading(_ file: String, _ text: String) -> String {
    spelled(RecordingProbe.observations(inFile: file, Array(text.utf8)) ?? [:])
  }

  /// The output of bcdedit with some more elements of objects.
  private func store(_ elements: [String: String] = [:], without: Set<String> = []) -> String {
    let objects = [
      ("{bootmgr}", "inherit                 {globalsettings}"),
      (
        "{current}",
        "inherit                 {bootloadersettings}\n                        {resumeloadersettings}"
      ),
      ("{bootloadersettings}", "inherit                 {globalsettings}"), ("{resumeloadersettings}", ""),
      ("{globalsettings}", "inherit                 {dbgsettings}\n                        {globalsettings}"),
      ("{dbgsettings}", "debugtype  Local"),
    ]
    return objects.filter { !without.contains($0.0) }.map { name, body in
      "Heading\n-------\nidentifier              \(name)\n\(elements[name].map { $0 + "\n" } ?? "")\(body)\n"
    }.joined(separator: "\n")
  }

  @Test("flags that nothing sets are off")
  func flagsOff() {
    #expect(
      reading("bcdedit.txt", store())
        == "boot.debugging=false; boot.flight_signing=false; boot.kernel_debugging=false; boot.test_signing=false"
    )
  }

  @Test("a flag counts where the running loader has it or inherits it")
  func flagsOn() {
    let text = store([
      "{current}": "debug                   Yes\nflightsigning No",
      "{globalsettings}": "testsigning             はい",
      "{bootmgr}": "bootdebug               yes",
    ])
    #expect(
      reading("bcdedit.txt", text)
        == "boot.debugging=true; boot.flight_signing=false; boot.kernel_debugging=true; boot.test_signing=true"
    )
    // What the loader itself says goes before what it inherits.
    let own = store(["{current}": "testsigning No", "{bootloadersettings}": "testsigning Yes"])
    #expect(reading("bcdedit.txt", own).contains("boot.test_signing=false"))
  }

  @Test("without the objects that a loader inherits from, only what it has itself is known")
  func notWhole() {
    let reason = "bcdedit does not show '{bootloadersettings}', which may set"
    #expect(
      reading("bcdedit.txt", store(["{current}": "debug Yes"], without: ["{bootloadersettings}"]))
        == "boot.debugging?\(reason) 'bootdebug'; save 'bcdedit /enum all'; boot.flight_signing?\(reason) 'flightsigning'; save 'bcdedit /enum all'; boot.kernel_debugging=true; boot.test_signing?\(reason) 'testsigning'; save 'bcdedit /enum all'"
    )
  }

  @Test(
    "an output without the loader, refused or of another language is unknown",
    arguments: [
      (
        "ブート構成データ ストアを開けませんでした。\nアクセスが拒否されました。\n",
        "bcdedit does not show the loader {current}; the output begins with 'ブート構成データ ストアを開けませんでした。'"
      ),
      ("", "bcdedit does not show the loader {current}"),
      (
        "Windows Boot Loader\n-------\nidentifier {0f1e2d3c-4b5a-4687-9685-746352413020}\n",
        "bcdedit does not show the loader {current}; the output begins with 'Windows Boot Loader'"
      ),
    ])
  func noLoader(text: String, reason: String) {
    #expect(
      reading("BCDEdit.log", text)
        == BootConfiguration.names.sorted().map { "\($0)?\(reason)" }.joined(separator: "; "))
    #expect(
      reading("bcdedit.txt", store(["{current}": "debug Oui"])).contains(
        "boot.kernel_debugging?bcdedit gives 'debug' the value 'Oui', where Yes and No are understood"))
  }

  @Test(
    "kernel DMA protection, in English and Japanese",
    arguments: [
      ("Kernel DMA Protection\tOn\t", "dma.kernel_protection=true"),
      ("BIOS Mode\tUEFI\nKernel DMA Protection\tOff", "dma.kernel_protection=false"),
      ("カーネル DMA 保護\tオン\t", "dma.kernel_protection=true"),
      ("カーネル DMA 保護\tオフ", "dma.kernel_protection=false"),
      (
        "Kernel DMA Protection\tElevation Required to View",
        "dma.kernel_protection?the line 'Kernel DMA Protection Elevation Required to View' says neither On nor Off"
      ),
      (
        "Kernel-DMA-Schutz\tEin",
        "dma.kernel_protection?the report has no line 'Kernel DMA Protection' in English or Japanese"
      ),
      ("", "dma.kernel_protection?the report has no line 'Kernel DMA Protection' in English or Japanese"),
    ])
  func systemInformation(text: String, expected: String) {
    #expect(reading("msinfo32.txt", text) == expected)
  }

  @Test(
    "what an adapter can, and what its driver speaks",
    arguments: [
      (
        "  DDI Version: 12\n Feature Levels: 12_1,12_0,11_1\n  Driver Model: WDDM 3.1",
        "graphics.directx12=true; graphics.wddm=3.1"
      ),
      (
        "DDI Version: 12\nFeature Levels: 11.0,10.1\nDriver Model: WDDM 2.0",
        "graphics.directx12=true; graphics.wddm=2.0"
      ),
      (
        "DDI Version: 11.1\nFeature Levels: 11_0,10_1\nDriver Model: WDDM 1.3\nDDI Version: 11\nFeature Levels: 11_1\nDriver Model: WDDM 1.2",
        "graphics.directx12=false; graphics.wddm=1.3"
      ),
      (
        "DDI Version: Unknown\nFeature Levels: 11_0\nDriver Model: XDDM",
        "graphics.directx12?the line 'Feature Levels: 11_0' is not understood; graphics.wddm?the driver model 'XDDM' is not understood"
      ),
      (
        "Driver Model: WDDM 2.7",
        "graphics.directx12?the report has no line 'Feature Levels' or no line 'DDI Version'; graphics.wddm=2.7"
      ),
      (
        "",
        "graphics.directx12?the report has no line 'Feature Levels' or no line 'DDI Version'; graphics.wddm?the report has no line 'Driver Model'"
      ),
    ])
  func directX(text: String, expected: String) {
    #expect(reading("DxDiag.txt", text) == expected)
  }

  @Test("an enrollment that failed does not say that there is no certificate")
  func attestationKey() {
    #expect(
      reading("CertReq_enrollaik_Output.txt", "x SCEPDispositionSuccess\n EnrollStatus(1): 登録済み")
        == "attestation.aik_certificate=true")
    let failed = "attestation.aik_certificate?the enrollment of an attestation key did not succeed"
    #expect(
      reading("certreq-enrollaik.txt", "Probing\nHTTP/1.1 400 Bad Request\n")
        == "\(failed): 'HTTP/1.1 400 Bad Request'")
    #expect(reading("certreq-enrollaik.txt", "EnrollStatus(1)\n") == "\(failed): 'EnrollStatus(1)'")
    #expect(reading("certreq-enrollaik.txt", "") == failed)
  }
}
