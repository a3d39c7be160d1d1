// Reads `halint-ignore[SLUG, SLUG] until 2027-01-31: reason`.
// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <chrono>

#include "check/suppressions.h"

namespace halint {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view trim(std::string_view text) {
  std::size_t begin = text.find_first_not_of(kBlanks);
  return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Takes `word` off the front of `text`.
bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  bool is_number = error == std::errc() && end == digits.data() + digits.size() && digits[0] != '-';
  return is_number ? std::optional(number) : std::nullopt;
}

std::chrono::sys_days days_of(const Date& date) {
  return std::chrono::year(date.year) / std::chrono::month(static_cast<unsigned>(date.month)) /
         std::chrono::day(static_cast<unsigned>(date.day));
}

// The slugs between the brackets; false if there are no brackets, or nothing is in them.
bool take_rules(std::string_view& text, std::vector<std::string>& rules) {
  std::size_t close = text.find(']');
  if (!take(text, "[") || close == text.npos) return false;
  std::string_view list = text.substr(0, close - 1);
  text.remove_prefix(close);
  while (!list.empty()) {
    std::size_t comma = list.find(',');
    std::string_view rule = trim(list.substr(0, comma));
    if (!rule.empty()) rules.emplace_back(rule);
    list = comma == list.npos ? std::string_view() : list.substr(comma + 1);
  }
  return !rules.empty();
}

}  // namespace

std::optional<Date> date_of(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::optional<int> year = number_of(text.substr(0, 4)), month = number_of(text.substr(5, 2)),
                     day = number_of(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(Date{*year, *month, *day}) : std::nullopt;
}

Date day_of(std::int64_t seconds) {
  using std::chrono::days;
  std::chrono::year_month_day date(std::chrono::floor<days>(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int days_between(const Date& a, const Date& b) {
  return static_cast<int>((days_of(b) - days_of(a)).count());
}

ReadSuppression read_suppression(const Remark& remark) {
  ReadSuppression result;
  Suppression& suppression = result.suppression;
  suppression.remark = remark;
  std::string_view text = remark.text;
  take(text, kRemarkWord);
  if (take(text, "-file"))
    suppression.reach = Suppression::Reach::kFile;
  else if (take(text, "-start"))
    suppression.reach = Suppression::Reach::kStart;
  else if (take(text, "-end"))
    suppression.reach = Suppression::Reach::kEnd;

  if (!take_rules(text, suppression.rules)) {
    result.fault = "the comment names no rule in brackets, and does nothing";
    return result;
  }
  text = trim(text);
  if (take(text, "until ")) {
    text = trim(text);
    suppression.until_text = text.substr(0, text.find_first_of(": \t"));
    suppression.until = date_of(suppression.until_text);
    if (!suppression.until) {
      result.fault = "`" + suppression.until_text + "` is not a date such as 2027-01-31, so the comment does nothing";
      return result;
    }
    text = trim(text.substr(suppression.until_text.size()));
  }
  if (take(text, ":"))
    suppression.reason = trim(text);
  else if (!text.empty())
    result.fault = "the text after the brackets is neither `until` nor a colon and a reason";
  return result;
}

}  // namespace halint
