//! Everybody in one room.

use anyhow::Result;
use parlor_shared::RoomId;

use super::{
    Figures, Target, Wish,
    crowd::Crowd,
    talk::{Circle, talk},
};

pub(super) async fn play(target: &Target, wish: &Wish) -> Result<Figures> {
    let crowd = Crowd::gather(target, wish).await?;
    let everybody = (0..crowd.members.len()).collect();
    let mut circles = [Circle::new(RoomId::lobby(), everybody)];
    talk(&crowd, &mut circles, wish, target.usage()).await
}
