//! The use cases on a real database; a test's name begins with the number of the contract line it bears.

mod activation;
