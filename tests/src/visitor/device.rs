//! What somebody holds in their hands, and how they set it.

use serde_json::{Value, json};

use super::Visitor;

/// A screen and what points at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// A window of 1280 by 800 and a mouse.
    Desktop,
    /// A phone held upright, and a finger.
    Phone,
    /// The desktop at a zoom of 200 %.
    Zoomed,
    /// A window of this size and a mouse.
    Window(u32, u32),
}

impl Device {
    fn metrics(self) -> Value {
        let (width, height, factor, phone) = match self {
            Self::Desktop => (1280, 800, 1.0, false),
            Self::Phone => (390, 844, 1.5, true),
            Self::Zoomed => (640, 400, 2.0, false),
            Self::Window(width, height) => (width, height, 1.0, false),
        };
        json!({"width": width, "height": height, "deviceScaleFactor": factor, "mobile": phone})
    }
}

impl Visitor {
    /// A command of the DevTools protocol to the tab in front.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.browser().devtools(method, parameters).await.unwrap()
    }

    /// Looks at the page on this device from now on.
    pub async fn holds(&self, device: Device) {
        let finger = device == Device::Phone;
        // First what points: the page fits itself again to the window, not to the finger.
        let touch = json!({"enabled": finger, "maxTouchPoints": 1});
        self.devtools("Emulation.setTouchEmulationEnabled", touch).await;
        self.devtools("Emulation.setDeviceMetricsOverride", device.metrics()).await;
    }

    /// Prefers dark or light, forced colours, less motion, or whatever medium feature has this value.
    pub async fn prefers(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Has a browser in this language, like `zh-CN`; a page opened from now on sees it.
    pub async fn reads(&self, language: &str) {
        let agent: String = self.look("return navigator.userAgent").await;
        let asks = json!({"userAgent": agent, "acceptLanguage": language});
        self.devtools("Emulation.setUserAgentOverride", asks).await;
    }

    /// Has the network off or on in the browser itself, which tells the page.
    pub async fn network(&self, there: bool) {
        self.devtools("Network.enable", json!({})).await;
        let state = json!({
            "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.devtools("Network.emulateNetworkConditions", state).await;
    }

    /// A picture of what is in view, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.browser().driver().screenshot_as_png().await.unwrap()
    }
}
