// Terraform's functions on digests and keys, on OpenSSL.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "base/text.h"
#include "terraform/functions/base64.h"
#include "terraform/functions/function_table.h"
#include "terraform/values/text.h"

namespace halint {
namespace {

Value hex_digest(const Call& call, Digest digest) {
  return call.string(encode_hex(digest_of(digest, call.text(0))));
}

Value base64_digest(const Call& call, Digest digest) {
  return call.string(encode_base64(digest_of(digest, call.text(0))));
}

Value md5(const Call& call) {
  return hex_digest(call, Digest::kMd5);
}

Value sha1(const Call& call) {
  return hex_digest(call, Digest::kSha1);
}

Value sha256(const Call& call) {
  return hex_digest(call, Digest::kSha256);
}

Value sha512(const Call& call) {
  return hex_digest(call, Digest::kSha512);
}

Value base64sha256(const Call& call) {
  return base64_digest(call, Digest::kSha256);
}

Value base64sha512(const Call& call) {
  return base64_digest(call, Digest::kSha512);
}

// "6ba7b810-9dad-11d1-80b4-00c04fd430c8", also without hyphens or after "urn:uuid:", as 16 bytes.
std::optional<std::string> parse_uuid(std::string_view text) {
  if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
  bool has_hyphens = text.size() == 36;
  if (!has_hyphens && text.size() != 32) return std::nullopt;
  std::string bytes;
  int high = -1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (has_hyphens && (i == 8 || i == 13 || i == 18 || i == 23)) {
      if (c != '-') return std::nullopt;
      continue;
    }
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0) return std::nullopt;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return bytes;
}

Value uuidv5(const Call& call) {
  std::string_view space = call.text(0);
  // RFC 9562: the name spaces differ in one byte.
  constexpr std::pair<std::string_view, std::string_view> kSpaces[] = {
      {"dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
      {"url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"},
      {"oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"},
      {"x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"},
  };
  for (const auto& [name, uuid] : kSpaces) {
    if (space == name) space = uuid;
  }
  std::optional<std::string> bytes = parse_uuid(space);
  if (!bytes) return call.fail(fmt::format("\"{}\" is no namespace", call.text(0)));
  std::string hash = digest_of(Digest::kSha1, bytes->append(call.text(1)));
  hash.resize(16);
  hash[6] = static_cast<char>((hash[6] & 0x0f) | 0x50);
  hash[8] = static_cast<char>((hash[8] & 0x3f) | 0x80);
  std::string hex = encode_hex(hash);
  return call.string(fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                                 hex.substr(16, 4), hex.substr(20)));
}

Value another_each_time(const Call& call) {
  return call.unknown(UnknownReason::kImpure, fmt::format("`{}` gives another result in each run", call.function.name));
}

// OpenSSL asks for the password of a key on the terminal unless it is told that there is none.
int no_password(char*, int, int, void*) {
  return -1;
}

std::optional<std::string> decrypt(std::string_view cipher, std::string_view key_text) {
  std::unique_ptr<BIO, decltype(&BIO_free)> input(BIO_new_mem_buf(key_text.data(), static_cast<int>(key_text.size())),
                                                  BIO_free);
  if (!input) return std::nullopt;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(input.get(), nullptr, no_password, nullptr), EVP_PKEY_free);
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
  std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new(key.get(), nullptr),
                                                                      EVP_PKEY_CTX_free);
  bool is_ready = context && EVP_PKEY_decrypt_init(context.get()) > 0 &&
                  EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) > 0;
  if (!is_ready) return std::nullopt;
  const unsigned char* bytes = reinterpret_cast<const unsigned char*>(cipher.data());
  std::size_t size = 0;
  if (EVP_PKEY_decrypt(context.get(), nullptr, &size, bytes, cipher.size()) <= 0) return std::nullopt;
  std::string plain(size, '\0');
  unsigned char* out = reinterpret_cast<unsigned char*>(plain.data());
  if (EVP_PKEY_decrypt(context.get(), out, &size, bytes, cipher.size()) <= 0) return std::nullopt;
  plain.resize(size);
  return plain;
}

Value rsadecrypt(const Call& call) {
  std::optional<std::string> cipher = decode_base64(call.text(0));
  if (!cipher) return call.fail("the cipher text is no base64");
  std::optional<std::string> plain = decrypt(*cipher, call.text(1));
  if (!plain || first_invalid_utf8(*plain)) return call.fail("the text cannot be decrypted with this key");
  return call.string(*plain);
}

constexpr Function kFunctions[] = {
    {"base64sha256", "s", base64sha256},
    {"base64sha512", "s", base64sha512},
    {"bcrypt", "si*", another_each_time},
    {"md5", "s", md5},
    {"rsadecrypt", "ss", rsadecrypt},
    {"sha1", "s", sha1},
    {"sha256", "s", sha256},
    {"sha512", "s", sha512},
    {"uuid", "", another_each_time},
    {"uuidv5", "ss", uuidv5},
};

}  // namespace

std::string digest_of(Digest digest, std::string_view bytes) {
  const EVP_MD* kind = digest == Digest::kMd5      ? EVP_md5()
                       : digest == Digest::kSha1   ? EVP_sha1()
                       : digest == Digest::kSha256 ? EVP_sha256()
                                                   : EVP_sha512();
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) != 1) return {};
  return std::string(reinterpret_cast<char*>(out.data()), size);
}

std::span<const Function> hash_functions() {
  return kFunctions;
}

}  // namespace halint
