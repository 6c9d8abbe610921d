/// Traps when a property of a reader does not hold; unlike `precondition`, it says which in release builds too.
func require(_ condition: Bool, _ property: @autoclosure () -> String) {
  if !condition { fatalError(property()) }
}
