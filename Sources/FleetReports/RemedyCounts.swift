import PolicyModel

/// How many devices need each remedy, of the remedies of each device; in the order of ``KnownRemedy``, without those that none needs.
func remedyCounts(_ devices: some Sequence<[KnownRemedy]>) -> [(remedy: KnownRemedy, count: Int)] {
  var counts: [KnownRemedy: Int] = [:]
  for remedies in devices { for remedy in remedies { counts[remedy, default: 0] += 1 } }
  return KnownRemedy.allCases.compactMap { remedy in counts[remedy].map { (remedy, $0) } }
}
