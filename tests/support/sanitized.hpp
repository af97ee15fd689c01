#pragma once

/// TINWATCH_SANITIZED where a sanitizer makes everything ten times slower.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TINWATCH_SANITIZED
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define TINWATCH_SANITIZED
#endif
#endif
