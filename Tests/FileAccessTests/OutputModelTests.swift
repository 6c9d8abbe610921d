import FileAccess
import Foundation
import Glibc
import OutputModel
import TestSupport
import Testing

extension FileAccessTests {
  @Suite struct OutputModelTests {
    @Test("whatever fails, is killed or planted, outputs stay one set and nothing outside the folder changes")
    func histories() {
      SignalTurn.take {
        let memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
        for seed in 0..<1_500 as Range<UInt64> {
          var model = OutputModel(in: "\(memory)/policyc-model-\(getpid())", Choices(seed: seed))
          do {
            try model.run(steps: 12)
          } catch {
            Issue.record("seed \(seed): \(error)")
            return
          }
        }
      }
    }
  }
}
