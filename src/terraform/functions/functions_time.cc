// Terraform's functions on dates. "Now" is not known: it differs from run to run.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "terraform/functions/function_table.h"

namespace halint {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;  // In nanoseconds.

// A moment as written: local date and time with an offset from UTC.
struct Moment {
  std::int64_t year = 0;
  int month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::int64_t nanoseconds = 0;
  int offset_minutes = 0;
};

// Days since 1970-01-01 in the Gregorian calendar.
std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2;
  std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  std::int64_t year_of_era = year - era * 400;
  std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

void set_date(Moment& moment, std::int64_t days) {
  days += 719468;
  std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  std::int64_t day_of_era = days - era * 146097;
  std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  moment.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  moment.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  moment.year = year_of_era + era * 400 + (moment.month <= 2);
}

int days_in_month(std::int64_t year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Seconds since 1970 in UTC.
std::int64_t seconds_of(const Moment& moment) {
  std::int64_t local =
      days_of(moment.year, moment.month, moment.day) * 86400 + moment.hour * 3600 + moment.minute * 60 + moment.second;
  return local - static_cast<std::int64_t>(moment.offset_minutes) * 60;
}

struct Reader {
  std::string_view text;

  bool take(char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
  }
  bool take_number(std::size_t digits, int least, int most, int& number) {
    if (text.size() < digits) return false;
    number = 0;
    for (char c : text.substr(0, digits)) {
      if (c < '0' || c > '9') return false;
      number = number * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return number >= least && number <= most;
  }
};

// RFC 3339, strictly.
std::optional<Moment> parse_moment(std::string_view text) {
  Reader reader{text};
  Moment moment;
  int year = 0;
  bool is_date = reader.take_number(4, 0, 9999, year) && reader.take('-') &&
                 reader.take_number(2, 1, 12, moment.month) && reader.take('-') &&
                 reader.take_number(2, 1, days_in_month(year, moment.month), moment.day);
  bool is_time = is_date && reader.take('T') && reader.take_number(2, 0, 23, moment.hour) && reader.take(':') &&
                 reader.take_number(2, 0, 59, moment.minute) && reader.take(':') &&
                 reader.take_number(2, 0, 59, moment.second);
  if (!is_time) return std::nullopt;
  moment.year = year;
  if (reader.take('.')) {
    std::int64_t unit = kSecond / 10;
    bool has_digit = false;
    for (; !reader.text.empty() && reader.text[0] >= '0' && reader.text[0] <= '9'; unit /= 10) {
      moment.nanoseconds += (reader.text[0] - '0') * unit;
      has_digit = true;
      reader.text.remove_prefix(1);
    }
    if (!has_digit) return std::nullopt;
  }
  if (reader.take('Z')) return reader.text.empty() ? std::optional(moment) : std::nullopt;
  bool is_west = reader.take('-');
  int hours = 0;
  int minutes = 0;
  bool is_zone = (is_west || reader.take('+')) && reader.take_number(2, 0, 23, hours) && reader.take(':') &&
                 reader.take_number(2, 0, 59, minutes) && reader.text.empty();
  if (!is_zone) return std::nullopt;
  moment.offset_minutes = (hours * 60 + minutes) * (is_west ? -1 : 1);
  return moment;
}

std::string offset_text(const Moment& moment, std::string_view separator) {
  int minutes = std::abs(moment.offset_minutes);
  return fmt::format("{}{:02}{}{:02}", moment.offset_minutes < 0 ? '-' : '+', minutes / 60, separator, minutes % 60);
}

Value no_moment(const Call& call, std::size_t index) {
  return call.fail(fmt::format("\"{}\" is no timestamp like 2024-01-31T12:00:00Z", call.text(index)));
}

// Go's duration: "1h30m", "-1.5h", "100ms". In nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text) {
  bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    double number = 0;
    double unit = 1;
    std::size_t digits = 0;
    bool in_fraction = false;
    while (!text.empty() && ((text[0] >= '0' && text[0] <= '9') || (text[0] == '.' && !in_fraction))) {
      if (text[0] == '.') {
        in_fraction = true;
      } else {
        ++digits;
        if (in_fraction) unit /= 10;
        number = in_fraction ? number + (text[0] - '0') * unit : number * 10 + (text[0] - '0');
      }
      text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    static constexpr std::pair<std::string_view, double> kUnits[] = {
        {"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"μs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}};
    bool is_unit = false;
    for (const auto& [name, size] : kUnits) {
      if (!text.starts_with(name)) continue;
      // Digits or the end must follow: "1h-1m" is wrong.
      std::string_view rest = text.substr(name.size());
      if (!rest.empty() && (rest[0] < '0' || rest[0] > '9') && rest[0] != '.') continue;
      total += number * size;
      text = rest;
      is_unit = true;
      break;
    }
    constexpr double kMost = 9.2e18;
    if (!is_unit || total > kMost) return std::nullopt;
  }
  std::int64_t nanoseconds = static_cast<std::int64_t>(total + 0.5);
  return is_negative ? -nanoseconds : nanoseconds;
}

Value timeadd(const Call& call) {
  std::optional<Moment> moment = parse_moment(call.text(0));
  if (!moment) return no_moment(call, 0);
  std::optional<std::int64_t> duration = parse_duration(call.text(1));
  if (!duration) return call.fail(fmt::format("\"{}\" is no duration like 1h30m", call.text(1)));
  std::int64_t nanoseconds = moment->nanoseconds + *duration % kSecond;
  std::int64_t carry = nanoseconds < 0 ? -1 : nanoseconds / kSecond;
  std::int64_t local = days_of(moment->year, moment->month, moment->day) * 86400 + moment->hour * 3600 +
                       moment->minute * 60 + moment->second + *duration / kSecond + carry;
  std::int64_t days = (local >= 0 ? local : local - 86399) / 86400;
  std::int64_t in_day = local - days * 86400;
  set_date(*moment, days);
  std::string zone = moment->offset_minutes == 0 ? "Z" : offset_text(*moment, ":");
  return call.string(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", moment->year, moment->month, moment->day,
                                 in_day / 3600, in_day / 60 % 60, in_day % 60, zone));
}

Value timecmp(const Call& call) {
  std::optional<Moment> a = parse_moment(call.text(0));
  std::optional<Moment> b = parse_moment(call.text(1));
  if (!a || !b) return no_moment(call, a ? 1 : 0);
  std::int64_t difference = seconds_of(*a) - seconds_of(*b);
  if (difference == 0) difference = a->nanoseconds - b->nanoseconds;
  return call.integer_value(difference < 0 ? -1 : difference > 0 ? 1 : 0);
}

constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kWeekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string number(std::int64_t value, std::size_t letters) {
  return letters == 2 ? fmt::format("{:02}", value) : fmt::format("{}", value);
}

std::optional<std::string> zone_text(const Moment& moment, std::size_t letters) {
  bool is_utc = moment.offset_minutes == 0;
  switch (letters) {
    case 1:
      return is_utc ? "Z" : offset_text(moment, ":");
    case 3:
      return is_utc ? "UTC" : offset_text(moment, "");
    case 4:
      return offset_text(moment, "");
    case 5:
      return offset_text(moment, ":");
    default:
      return std::nullopt;
  }
}

// What a run of one letter stands for; none if there is no such verb.
std::optional<std::string> date_part(const Moment& moment, char letter, std::size_t letters) {
  std::string_view month = kMonths[moment.month - 1];
  std::int64_t days = days_of(moment.year, moment.month, moment.day);
  std::string_view weekday = kWeekdays[((days + 3) % 7 + 7) % 7];
  bool is_short = letters <= 2;
  switch (letter) {
    case 'Y':
      if (letters == 2) return fmt::format("{:02}", moment.year % 100);
      return letters == 4 ? std::optional(fmt::format("{:04}", moment.year)) : std::nullopt;
    case 'M':
      if (is_short) return number(moment.month, letters);
      if (letters == 3) return std::string(month.substr(0, 3));
      return letters == 4 ? std::optional(std::string(month)) : std::nullopt;
    case 'D':
      return is_short ? std::optional(number(moment.day, letters)) : std::nullopt;
    case 'E':
      if (letters == 3) return std::string(weekday.substr(0, 3));
      return letters == 4 ? std::optional(std::string(weekday)) : std::nullopt;
    case 'h':
      return is_short ? std::optional(number(moment.hour, letters)) : std::nullopt;
    case 'H':
      return is_short ? std::optional(number((moment.hour + 11) % 12 + 1, letters)) : std::nullopt;
    case 'm':
      return is_short ? std::optional(number(moment.minute, letters)) : std::nullopt;
    case 's':
      return is_short ? std::optional(number(moment.second, letters)) : std::nullopt;
    case 'A':
      return letters == 2 ? std::optional<std::string>(moment.hour < 12 ? "AM" : "PM") : std::nullopt;
    case 'a':
      return letters == 2 ? std::optional<std::string>(moment.hour < 12 ? "am" : "pm") : std::nullopt;
    case 'Z':
      return zone_text(moment, letters);
    default:
      return std::nullopt;
  }
}

// 'text' in quotes, where '' is a quote. False if it does not end.
bool take_quoted(std::string_view& format, std::string& out) {
  format.remove_prefix(1);
  if (format.starts_with('\'')) {
    out += '\'';
    format.remove_prefix(1);
    return true;
  }
  while (!format.empty()) {
    char c = format[0];
    format.remove_prefix(1);
    if (c != '\'') {
      out += c;
    } else if (format.starts_with('\'')) {
      out += c;
      format.remove_prefix(1);
    } else {
      return true;
    }
  }
  return false;
}

Value formatdate(const Call& call) {
  std::optional<Moment> moment = parse_moment(call.text(1));
  if (!moment) return no_moment(call, 1);
  std::string_view format = call.text(0);
  std::string out;
  while (!format.empty()) {
    char c = format[0];
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '\'') {
      if (!take_quoted(format, out)) return call.fail("a quote in the date format does not end");
    } else if (!is_letter) {
      out += c;
      format.remove_prefix(1);
    } else {
      std::size_t letters = std::min(format.find_first_not_of(c), format.size());
      std::optional<std::string> part = date_part(*moment, c, letters);
      if (!part) return call.fail(fmt::format("invalid date format verb \"{}\"", format.substr(0, letters)));
      out += *part;
      format.remove_prefix(letters);
    }
  }
  return call.string(out);
}

Value now(const Call& call) {
  return call.unknown(UnknownReason::kImpure, fmt::format("`{}` is another one in each run", call.function.name));
}

constexpr Function kFunctions[] = {
    {"formatdate", "ss", formatdate}, {"plantimestamp", "", now}, {"timeadd", "ss", timeadd},
    {"timecmp", "ss", timecmp},       {"timestamp", "", now},
};

}  // namespace

std::span<const Function> time_functions() {
  return kFunctions;
}

}  // namespace halint
