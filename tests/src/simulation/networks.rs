//! The networks of devices: what each does with sockets and with requests.

use parlor_model::{Input, Way};

use super::{agenda::Happening, dice::Dice, requests::RequestId, world::World};

/// A request without an answer for so long is in trouble in some networks, in milliseconds.
pub(super) const LONG_MS: u64 = 4_000;

/// What a network does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Network {
    /// It lets everything through.
    #[default]
    Open,
    /// It refuses sockets.
    Refuses,
    /// Nothing comes of a socket, and nobody is told.
    Swallows,
    /// It refuses sockets, and cuts what waits long for its answer.
    Cuts,
    /// It refuses sockets, and holds answers back that were waited for long.
    Holds,
    /// Nothing gets through.
    Away,
}

impl Network {
    /// One that something can be said over.
    pub(super) fn any(dice: &mut Dice) -> Self {
        match dice.between(0, 9) {
            0..4 => Self::Open,
            4..6 => Self::Refuses,
            6..8 => Self::Swallows,
            8 => Self::Cuts,
            _ => Self::Holds,
        }
    }
}

/// A way that somebody chooses, or leaves to the client.
fn any_pin(dice: &mut Dice) -> Option<Way> {
    [None, None, Some(Way::Socket), Some(Way::Long), Some(Way::Short)][dice.place(5)]
}

impl World {
    /// A device comes into another network; at times it notices.
    pub(super) fn change_a_network(&mut self) {
        let device = self.dice.place(self.devices.len());
        if !self.rough || self.devices[device].stays {
            return;
        }
        let away = self.dice.percent(15);
        let network = if away { Network::Away } else { Network::any(&mut self.dice) };
        self.comes_into(device, network);
    }

    fn comes_into(&mut self, device: usize, network: Network) {
        self.devices[device].network = network;
        let told = self.dice.percent(60);
        for socket in self.sockets.carrying() {
            if self.sockets.get(socket).device == device {
                self.cut(socket, told);
            }
        }
        for request in self.requests.waiting(|request| request.device == device) {
            self.cut_request(request, told);
        }
        if network != Network::Away && self.dice.percent(50) {
            self.input(device, Input::Online, &[]);
        }
    }

    /// A person chooses a way.
    pub(super) fn pin_one(&mut self) {
        let device = self.dice.place(self.devices.len());
        if self.rough {
            let pin = any_pin(&mut self.dice);
            self.pin(device, pin);
        }
    }

    fn pin(&mut self, device: usize, pin: Option<Way>) {
        self.devices[device].pin = pin;
        self.input(device, Input::Pin(pin), &[]);
    }

    /// From now on networks stay as they are, and nobody insists on what they do not let through.
    pub(super) fn calms_down(&mut self) {
        for device in 0..self.devices.len() {
            if !self.devices[device].stays && self.devices[device].network != Network::Open {
                self.comes_into(device, Network::Open);
            }
            if self.devices[device].network != Network::Open && self.devices[device].pin.is_some() {
                self.pin(device, None);
            }
        }
    }

    /// A poll is waited for long: what the device's network does about it.
    pub(super) fn waits_long(&mut self, request: RequestId) {
        let Some(known) = self.requests.get_mut(request).filter(|known| known.carries) else {
            return;
        };
        let device = known.device;
        match self.devices[device].network {
            Network::Cuts => self.cut_request(request, true),
            Network::Holds => self.cut_request(request, false),
            Network::Open | Network::Refuses | Network::Swallows | Network::Away => {}
        }
    }

    /// Sets what becomes of a request that waits long.
    pub(super) fn minds_long_waits(&mut self, request: RequestId, device: usize) {
        if matches!(self.devices[device].network, Network::Cuts | Network::Holds) {
            self.agenda.set(self.now + LONG_MS, Happening::WaitsLong(request));
        }
    }
}
