import Glibc
import OutputModel

/// Whatever happens to an output folder, nothing outside it changes, and after the next run it holds all of the old
/// outputs or all of the new.
func fuzzOutputs(_ bytes: [UInt8]) {
  let memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
  var model = OutputModel(in: "\(memory)/policyc-outputs-\(getpid())", Choices(bytes: bytes))
  do {
    try model.run(steps: 40)
  } catch {
    fatalError("\(error)")
  }
}
