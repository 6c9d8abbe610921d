import FleetReports
import PolicyModel
import Testing

@Suite struct AttestationStateTests {
  @Test func `a device that fails has failed, unless it is still at work`() {
    #expect(AttestationState(verdict: .fail, status: .tpmNotReady, recovery: "finished") == .failed)
    #expect(AttestationState(verdict: .fail, status: nil, recovery: nil) == .failed)
    #expect(
      AttestationState(verdict: .fail, status: .attestationInProcess, recovery: "in_progress") == .inProgress)
  }

  @Test func `only a device that complies and says that it finished is done`() {
    #expect(AttestationState(verdict: .pass, status: nil, recovery: "finished") == .completed)
    #expect(AttestationState(verdict: .indeterminate, status: nil, recovery: "finished") == .unknown)
    #expect(AttestationState(verdict: .notApplicable, status: nil, recovery: "finished") == .unknown)
    #expect(AttestationState(verdict: .pass, status: nil, recovery: nil) == .unknown)
  }

  @Test func `a device that has not begun is not started`() {
    #expect(AttestationState(verdict: .pass, status: nil, recovery: "not_started") == .notStarted)
  }
}
