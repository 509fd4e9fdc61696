//! Who is here. That a lease ends by itself takes 30 s, and is tested inside each engine.

use parlor::engine::Online;
use parlor_tests::EngineFactory;

use crate::stage::{Stage, person};

fn people(ids: &[&str]) -> Online {
    ids.iter().map(|id| (person(id), id.to_uppercase())).collect()
}

pub(crate) async fn who_was_renewed_is_online(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let presence = &stage.engine.presence;
    assert_eq!(presence.online().await.unwrap(), Online::new());
    presence.renew(people(&["ann", "bob"])).await.unwrap();
    assert_eq!(presence.online().await.unwrap(), people(&["ann", "bob"]));
}

pub(crate) async fn each_renewal_replaces_the_one_before(factory: &dyn EngineFactory) {
    let stage = Stage::open(factory).await;
    let presence = &stage.engine.presence;
    presence.renew(people(&["ann", "bob"])).await.unwrap();
    presence.renew(people(&["bob", "eve"])).await.unwrap();
    assert_eq!(presence.online().await.unwrap(), people(&["bob", "eve"]));
    presence.renew(Online::new()).await.unwrap();
    assert_eq!(presence.online().await.unwrap(), Online::new());
}
