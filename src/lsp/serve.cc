// Runs the server on streams: one thread reads, one answers, one analyses.
// SPDX-License-Identifier: Apache-2.0
#include "lsp/serve.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>

#include "lsp/transport.h"

namespace halint::lsp {
namespace {

using namespace std::chrono_literals;

// Runs shorter than this show no progress.
constexpr auto kLong = 500ms;

// What the answering thread waits for.
struct Inbox {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Json> messages;  // Discarded ones were no JSON.
  std::optional<Analysis> finished;
  bool is_closed = false;
};

class Loop {
 public:
  Loop(ServerOptions options, const Streams& streams)
      : open_files_(options.open_files), now_(options.now), server_(std::move(options)), streams_(streams) {}

  int run() {
    std::thread reader([this] { read(); });
    while (!server_.is_done() && step()) {
    }
    if (worker_.joinable()) worker_.join();
    reader.join();
    return server_.exit_code();
  }

 private:
  void read() {
    MessageReader messages;
    while (true) {
      std::string bytes = streams_.read();
      messages.feed(bytes);
      std::deque<Json> fresh;
      bool is_last = bytes.empty();
      while (std::optional<std::string> text = messages.next()) {
        fresh.push_back(Json::parse(*text, nullptr, false));
        // Nothing comes after it, and the client may leave the stream open.
        is_last = is_last || text_of(fresh.back(), "method") == "exit";
      }
      std::scoped_lock lock(inbox_.mutex);
      std::ranges::move(fresh, std::back_inserter(inbox_.messages));
      inbox_.is_closed = is_last || messages.is_broken();
      inbox_.changed.notify_one();
      if (inbox_.is_closed) return;
    }
  }

  // Answers what came, then starts a run if something changed. False at the end of the stream.
  bool step() {
    std::deque<Json> messages;
    std::optional<Analysis> finished;
    bool is_slow = false, is_closed = false;
    {
      std::unique_lock lock(inbox_.mutex);
      auto has_news = [&] { return !inbox_.messages.empty() || inbox_.finished || inbox_.is_closed; };
      if (is_running_)
        is_slow = !inbox_.changed.wait_for(lock, kLong, has_news);
      else
        inbox_.changed.wait(lock, has_news);
      messages.swap(inbox_.messages);
      finished.swap(inbox_.finished);
      is_closed = inbox_.is_closed;
    }
    if (is_slow && !send(server_.report_progress())) return false;
    for (const Json& message : messages) {
      if (!send(message.is_discarded() ? server_.handle_garbage() : server_.handle(message))) return false;
    }
    if (finished) {
      worker_.join();
      is_running_ = false;
      if (!send(server_.finish(std::move(*finished)))) return false;
    }
    start();
    return !is_closed;
  }

  void start() {
    if (is_running_) return;
    std::optional<AnalysisJob> job = server_.take_job();
    if (!job) return;
    is_running_ = true;
    worker_ = std::thread([this, job = std::move(*job)] {
      Analysis analysis = analyse(job, open_files_, now_);
      std::scoped_lock lock(inbox_.mutex);
      inbox_.finished = std::move(analysis);
      inbox_.changed.notify_one();
    });
  }

  bool send(const std::vector<Json>& messages) {
    for (const Json& message : messages) {
      if (!streams_.write(encode(message))) return false;
    }
    return true;
  }

  OpenFiles open_files_;
  std::int64_t now_;
  Server server_;
  const Streams& streams_;
  Inbox inbox_;
  std::thread worker_;
  bool is_running_ = false;
};

}  // namespace

int serve(ServerOptions options, const Streams& streams) {
  return Loop(std::move(options), streams).run();
}

}  // namespace halint::lsp
