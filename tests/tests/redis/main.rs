//! What is true of the Redis engine only: outages, restarts, several nodes on one store.
//! Behaviours that every engine has stand in the conformance suite.

mod fixture;
