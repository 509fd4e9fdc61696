//! Rooms of ten, talk in all of them.

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use parlor_model::{Client, Intent};
use parlor_shared::RoomId;

use super::{
    Figures, Target, Wish,
    crowd::{Crowd, is_live_in},
    talk::{Circle, talk},
};

/// People in a room.
pub(super) const IN_A_ROOM: usize = 10;
/// Rooms made at once.
const AT_ONCE: usize = 16;

pub(super) async fn play(target: &Target, wish: &Wish) -> Result<Figures> {
    let crowd = Crowd::gather(target, wish).await?;
    let everybody: Vec<usize> = (0..crowd.members.len()).collect();
    let made = everybody.chunks(IN_A_ROOM).map(|members| circle(&crowd, members.to_vec()));
    let mut circles: Vec<Circle> = stream::iter(made).buffered(AT_ONCE).try_collect().await?;
    let mut figures = talk(&crowd, &mut circles, wish, target.usage()).await?;
    figures.more.push(("rooms", circles.len().to_string()));
    Ok(figures)
}

/// The first makes a room, the others join it.
async fn circle(crowd: &Crowd, members: Vec<usize>) -> Result<Circle> {
    let actors = members.iter().filter_map(|at| crowd.members.get(*at)).map(|member| &member.actor);
    let actors: Vec<_> = actors.collect();
    let (founder, others) = actors.split_first().context("nobody")?;
    let name = format!("Room {:x} {}", crowd.run.id(), members.first().context("nobody")?);
    founder.wants(Intent::CreateRoom { name: name.clone() });
    founder.until("the room is there", |client| named(client, &name).is_some()).await?;
    let room = founder.look(|client| named(client, &name)).context("the room is gone")?;
    others.iter().for_each(|actor| actor.wants(Intent::Join(room.clone())));
    for actor in actors {
        is_live_in(actor, &room).await?;
    }
    Ok(Circle::new(room, members))
}

fn named(client: &Client, name: &str) -> Option<RoomId> {
    client.chat().rooms().iter().find(|room| room.name() == name).map(|room| room.id().clone())
}
