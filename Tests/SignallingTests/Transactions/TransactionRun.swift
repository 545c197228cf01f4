import SimulationKernel

@testable import Signalling

/// What the transactions have in common, for tests alone.
protocol TransactionMachine {
  associatedtype Input: Equatable
  associatedtype Action: Equatable
  var nextDeadline: SimTime? { get }
  var isTerminated: Bool { get }
  static var deadline: Input { get }
  mutating func handle(_ input: Input, now: SimTime, into actions: inout [Action])
}

extension NonInviteClientTransaction: TransactionMachine {
  static var deadline: Input { .deadline }
}
extension NonInviteServerTransaction: TransactionMachine {
  static var deadline: Input { .deadline }
}
extension InviteClientTransaction: TransactionMachine { static var deadline: Input { .deadline } }
extension InviteServerTransaction: TransactionMachine { static var deadline: Input { .deadline } }

/// A transaction whose deadlines come to it at their instants, and what it did when.
struct TransactionRun<Machine: TransactionMachine> {
  struct Entry: Equatable {
    /// Milliseconds.
    var time: Double
    var action: Machine.Action
  }

  var machine: Machine
  var log: [Entry] = []
  private var actions: [Machine.Action] = []

  init(_ machine: Machine) { self.machine = machine }

  /// Lets time pass to this instant, then hands the input over.
  mutating func at(_ milliseconds: Int64, _ input: Machine.Input) {
    run(until: milliseconds)
    tell(input, now: .zero + .milliseconds(milliseconds))
  }

  /// Lets time pass, with what is due at this instant.
  mutating func run(until milliseconds: Int64 = 1_000_000) {
    let limit = SimTime.zero + .milliseconds(milliseconds)
    while let deadline = machine.nextDeadline, deadline <= limit {
      // A deadline that is a moment early changes nothing.
      let before = log.count
      tell(Machine.deadline, now: deadline + SimDuration(nanoseconds: -1))
      precondition(log.count == before, "a timer went off early")
      tell(Machine.deadline, now: deadline)
    }
  }

  private mutating func tell(_ input: Machine.Input, now: SimTime) {
    machine.handle(input, now: now, into: &actions)
    for action in actions { log.append(Entry(time: now.inMilliseconds, action: action)) }
    actions.removeAll()
  }

  /// When the action happened, in milliseconds.
  func times(of action: Machine.Action) -> [Double] {
    log.filter { $0.action == action }.map(\.time)
  }
}
