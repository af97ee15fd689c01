#include "storage/reader_pool.hpp"

namespace tinwatch::storage {

ReaderPool::ReaderPool(const std::string& path, std::size_t threads, QuestionLimit limit)
    : threads_(threads) {
  for (std::size_t i = 0; i < threads; ++i) {
    readers_.push_back(std::make_unique<Reader>(path, limit));
    idle_.push_back(readers_.back().get());
  }
}

ReaderPool::~ReaderPool() {
  interrupt();
  threads_.join();
}

void ReaderPool::interrupt() {
  for (auto& reader : readers_) reader->interrupt();
}

ReaderPool::Lease::Lease(ReaderPool& pool) : pool_(pool) {
  const std::lock_guard lock(pool_.mutex_);
  reader_ = pool_.idle_.back();
  pool_.idle_.pop_back();
  reader_->begin_question();
}

ReaderPool::Lease::~Lease() {
  const std::lock_guard lock(pool_.mutex_);
  pool_.idle_.push_back(reader_);
}

}  // namespace tinwatch::storage
