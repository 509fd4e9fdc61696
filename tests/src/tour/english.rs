//! The story in English: a workshop that repairs its neighbours' bicycles.

use super::story::{Room, Story};

/// The workshop.
pub(super) const ENGLISH: Story = Story {
    tag: "en-GB",
    code: "en",
    me: "Mara Lindqvist",
    people: ["Tom Okafor", "Inês Duarte", "Bartholomew Featherstonehaugh", "Yusuf Demir"],
    talk: &[
        (1, "Morning! The workshop is open, kettle is on."),
        (2, "Good morning. Did the new spokes come?"),
        (1, "They did, both sizes. They are in the blue box under the bench."),
        (
            1,
            "Somebody left a green folding bike at the door, no note. Does anyone know whose it is?",
        ),
        (
            0,
            "That is Mrs. Aydin's. She rang yesterday: the rear brake rubs, and she needs it back by Friday.",
        ),
        (4, "I can take it. I have an hour before lunch."),
        (0, "Wonderful, thank you, Yusuf."),
        (
            2,
            "About Saturday: eleven people have signed up for the ride so far. If it stays dry we take the river path, otherwise the woods.",
        ),
        (2, "The route is here: https://routes.example.org/river-path"),
        (4, "Is the bridge open again?"),
        (2, "Since Tuesday. I rode over it this morning."),
        (1, "Then the river it is. I will bring the pump and two spare tubes."),
        (0, "I will bring the cake."),
        (4, "The green one is done. It was only the cable, so no charge, I would say."),
        (0, "You are a treasure. I will ring her now."),
        (
            1,
            "Mara, when you have a moment: can we order chain oil? We are down to the last bottle.",
        ),
        (0, "On its way since last night. It should be here on Thursday."),
    ],
    rooms: [
        Room {
            name: "Repairs",
            talk: &[
                (
                    1,
                    "For the parts list, as the catalogue writes it: Hinterradnabenschaltungsverstellschraubensicherungsscheibe, two of them.",
                ),
                (2, "Does that have a number?"),
                (
                    1,
                    "https://parts.example.com/catalogue/2026/rear/hub-gears/washers/0000-4711-0815-9999-abcdefghijklmnopqrstuvwxyz?size=7&material=steel",
                ),
                (
                    4,
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaargh",
                ),
                (2, "Yusuf?"),
                (4, "The cat walked over my keyboard. Sorry."),
            ],
        },
        Room {
            name: "Saturday ride: river path or woods",
            talk: &[
                (3, "I am in, if somebody can lend me a helmet."),
                (2, "There is a spare one on the hook by the door, Bartholomew. It was Tom's."),
                (3, "Splendid. Ten o'clock at the workshop?"),
                (2, "Ten o'clock. We leave at a quarter past."),
            ],
        },
        Room {
            name: "Neighbours · جيران",
            talk: &[
                (4, "مرحبا بالجميع! الورشة مفتوحة كل يوم ثلاثاء من العاشرة صباحا."),
                (1, "And on Saturdays from two. Come in and say hello."),
                (4, "أحضروا دراجاتكم القديمة (even the rusty ones) وسنصلحها معا."),
                (2, "תודה רבה, נבוא בשבת."),
            ],
        },
    ],
    unknown_room: "Tandem club",
    meanwhile: "Number {n} on the list is ready to be picked up.",
    refused: "Could everybody please put the tools back where they were?",
    waiting: ["On the train, there in twenty minutes.", "Just arriving. Who has the key?"],
    draft: "Tools go back ",
};
