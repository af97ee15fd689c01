#pragma once

namespace tinwatch::monitor {

/// How often something holds, lately and as a rule: noticed when what usually holds hardly ever
/// does any more.
class Habit {
 public:
  static constexpr double enough = 50;  ///< times, to say anything

  /// `times`: how often it was looked at, this time included.
  void note(bool holds, double times);
  /// It usually held, and hardly did the last twenty times.
  [[nodiscard]] bool is_broken() const { return broken_; }
  /// Takes up where an earlier run ended.
  void restore_broken();

 private:
  double norm_ = 0;    // of all times until now, the last few hundred above all
  double recent_ = 0;  // of the last twenty
  bool broken_ = false;
};

}  // namespace tinwatch::monitor
