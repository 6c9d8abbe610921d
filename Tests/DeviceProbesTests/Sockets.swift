import Foundation
import Synchronization
import Testing

/// A socket that listens on a free loopback port and is closed with this value.
final class ListeningSocket: Sendable {
  let descriptor: Int32
  let port: UInt16

  init(port wanted: UInt16 = 0) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 && listen(descriptor, 4) == 0
          && getsockname(descriptor, generic, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    // deinit closes the socket, which by now has all its members.
    guard bound else { throw POSIXError(.EADDRINUSE) }
  }

  deinit { close(descriptor) }

  /// Two that listen on neighbouring ports, as a simulator's command and control channels do.
  static func pair() throws -> (ListeningSocket, ListeningSocket) {
    for _ in 0..<100 {
      let first = try ListeningSocket()
      if first.port < .max, let second = try? ListeningSocket(port: first.port + 1) { return (first, second) }
    }
    throw POSIXError(.EADDRINUSE)
  }
}

/// Stands between a probe and a simulator, and damages what the TPM answers on its command channel.
final class LyingProxy: Sendable {
  let port: UInt16
  private let listeners: [ListeningSocket]

  init(to target: UInt16, seed: Int) throws {
    let (commands, control) = try ListeningSocket.pair()
    listeners = [commands, control]
    port = commands.port
    serve(commands, target: target, seed: seed)
    serve(control, target: target + 1, seed: nil)
  }

  deinit {
    // Wakes the threads that wait for a connection.
    for listener in listeners { shutdown(listener.descriptor, Int32(SHUT_RDWR)) }
  }

  private func serve(_ listener: ListeningSocket, target: UInt16, seed: Int?) {
    let thread = Thread {
      while true {
        let near = accept(listener.descriptor, nil, nil)
        guard near >= 0 else { return }
        let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = target.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
          }
        }
        if connected { Self.relay(near, far, seed: seed) }
        close(near)
        close(far)
      }
    }
    thread.start()
  }

  private static func relay(_ near: Int32, _ far: Int32, seed: Int?) {
    var random = seed.map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
    var buffer = [UInt8](repeating: 0, count: 8192)
    while true {
      var requests = [
        pollfd(fd: near, events: Int16(POLLIN), revents: 0),
        pollfd(fd: far, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&requests, 2, 10_000) > 0 else { return }
      if requests[0].revents != 0 {
        let count = read(near, &buffer, buffer.count)
        guard count > 0, send(far, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
      }
      if requests[1].revents != 0 {
        let count = read(far, &buffer, buffer.count)
        guard count > 0 else { return }
        if var state = random {
          for _ in 0..<2 { damage(&buffer, count, &state) }
          random = state
        }
        guard send(near, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
      }
    }
  }

  /// Changes one byte of every other answer, those of its first words, where lengths and counts are, most often.
  private static func damage(_ bytes: inout [UInt8], _ count: Int, _ random: inout UInt64) {
    func next(_ bound: Int) -> Int {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      return Int(random >> 33) % max(bound, 1)
    }
    guard next(2) == 0, count > 10 else { return }
    let index = 10 + next(next(3) == 0 ? count - 10 : min(16, count - 10))
    bytes[index] = [0x00, 0xFF, 0x7F, 0x80, UInt8(next(256))][next(5)]
  }
}
