import NetworkModels
import SimulationKernel
import Testing

@Suite("Link settings")
struct LinkSettingsTests {
  @Test("scaling multiplies the rate and keeps the kind and the burst")
  func scaled() {
    #expect(LossModel.none.scaled(by: 3) == .none)
    #expect(LossModel.independent(rate: 0.25).scaled(by: 2) == .independent(rate: 0.5))
    #expect(
      LossModel.gilbertElliott(rate: 0.25, meanBurst: .milliseconds(7)).scaled(by: 0.5)
        == .gilbertElliott(rate: 0.125, meanBurst: .milliseconds(7)))
  }

  @Test("a model tells its long-run rate")
  func rate() {
    #expect(LossModel.none.rate == 0)
    #expect(LossModel.independent(rate: 0.1).rate == 0.1)
    #expect(LossModel.gilbertElliott(rate: 0.2, meanBurst: .milliseconds(7)).rate == 0.2)
  }
}
