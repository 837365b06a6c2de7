//! The Stavropol region as we draw it ourselves: its outline simplified, its towns, the main roads. Hundredths of a degree,
//! north and east.

use super::super::address::Language;
use oktan_shared::domain::geo::Point;

/// A town that people name when they ask for the nearest station.
pub struct Town {
    /// In Russian.
    pub ru: &'static str,
    /// In English.
    pub en: &'static str,
    /// Its centre.
    pub at: Point,
    /// 0: named on every map; 1: on one that is near enough.
    pub rank: u8,
}

impl Town {
    /// Its name.
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Russian => self.ru,
            Language::English => self.en,
        }
    }
}

const fn town(ru: &'static str, en: &'static str, north: i64, east: i64, rank: u8) -> Town {
    Town { ru, en, at: Point::at(north, east), rank }
}

/// The towns, the capital first.
pub const TOWNS: [Town; 27] = [
    town("Ставрополь", "Stavropol", 4504, 4197, 0),
    town("Михайловск", "Mikhaylovsk", 4513, 4203, 1),
    town("Невинномысск", "Nevinnomyssk", 4463, 4194, 0),
    town("Пятигорск", "Pyatigorsk", 4405, 4306, 0),
    town("Кисловодск", "Kislovodsk", 4391, 4272, 0),
    town("Ессентуки", "Yessentuki", 4404, 4286, 1),
    town("Железноводск", "Zheleznovodsk", 4414, 4302, 1),
    town("Лермонтов", "Lermontov", 4411, 4297, 1),
    town("Минеральные Воды", "Mineralnye Vody", 4421, 4314, 0),
    town("Георгиевск", "Georgiyevsk", 4415, 4347, 1),
    town("Будённовск", "Budyonnovsk", 4478, 4417, 0),
    town("Благодарный", "Blagodarny", 4510, 4343, 0),
    town("Светлоград", "Svetlograd", 4533, 4285, 0),
    town("Ипатово", "Ipatovo", 4572, 4291, 0),
    town("Изобильный", "Izobilny", 4537, 4171, 0),
    town("Новоалександровск", "Novoaleksandrovsk", 4549, 4122, 0),
    town("Нефтекумск", "Neftekumsk", 4475, 4498, 0),
    town("Зеленокумск", "Zelenokumsk", 4440, 4389, 0),
    town("Новопавловск", "Novopavlovsk", 4396, 4364, 1),
    town("Александровское", "Aleksandrovskoye", 4471, 4300, 1),
    town("Дивное", "Divnoye", 4591, 4336, 1),
    town("Арзгир", "Arzgir", 4537, 4422, 1),
    town("Курсавка", "Kursavka", 4445, 4251, 1),
    town("Кочубеевское", "Kochubeyevskoye", 4469, 4183, 1),
    town("Левокумское", "Levokumskoye", 4482, 4465, 1),
    town("Степное", "Stepnoye", 4426, 4459, 1),
    town("Курская", "Kurskaya", 4405, 4446, 1),
];

const fn points<const N: usize>(pairs: [(i64, i64); N]) -> [Point; N] {
    let mut points = [Point::at(0, 0); N];
    let mut at = 0;
    while at < N {
        points[at] = Point::at(pairs[at].0, pairs[at].1);
        at += 1;
    }
    points
}

/// The border, clockwise from the north-west.
pub const OUTLINE: [Point; 75] = points([
    (4595, 4103),
    (4603, 4124),
    (4599, 4148),
    (4590, 4172),
    (4586, 4196),
    (4597, 4212),
    (4604, 4224),
    (4612, 4242),
    (4620, 4260),
    (4624, 4280),
    (4617, 4300),
    (4608, 4322),
    (4600, 4342),
    (4588, 4364),
    (4578, 4384),
    (4570, 4402),
    (4560, 4418),
    (4547, 4434),
    (4538, 4452),
    (4531, 4472),
    (4522, 4492),
    (4515, 4514),
    (4507, 4536),
    (4501, 4558),
    (4488, 4570),
    (4474, 4564),
    (4463, 4550),
    (4452, 4552),
    (4441, 4540),
    (4431, 4538),
    (4424, 4522),
    (4426, 4504),
    (4418, 4494),
    (4404, 4502),
    (4390, 4506),
    (4376, 4508),
    (4368, 4495),
    (4374, 4478),
    (4385, 4470),
    (4395, 4456),
    (4390, 4436),
    (4396, 4418),
    (4392, 4398),
    (4383, 4384),
    (4384, 4362),
    (4380, 4342),
    (4384, 4322),
    (4391, 4308),
    (4384, 4292),
    (4378, 4272),
    (4387, 4254),
    (4399, 4254),
    (4409, 4242),
    (4421, 4242),
    (4427, 4222),
    (4438, 4212),
    (4447, 4198),
    (4443, 4180),
    (4452, 4166),
    (4465, 4162),
    (4477, 4152),
    (4488, 4144),
    (4497, 4152),
    (4506, 4142),
    (4512, 4126),
    (4519, 4112),
    (4522, 4099),
    (4530, 4092),
    (4540, 4090),
    (4550, 4087),
    (4558, 4093),
    (4565, 4090),
    (4572, 4092),
    (4580, 4098),
    (4588, 4097),
]);

/// The main roads: enough to know one's way by.
pub const ROADS: [&[Point]; 6] = [
    // From Krasnodar to Nalchik.
    &points([
        (4492, 4146),
        (4478, 4168),
        (4465, 4194),
        (4452, 4228),
        (4444, 4254),
        (4432, 4284),
        (4422, 4312),
        (4410, 4312),
        (4396, 4324),
        (4388, 4340),
    ]),
    // From Stavropol to the north: Svetlograd, Ipatovo, Divnoye.
    &points([(4504, 4197), (4513, 4205), (4522, 4242), (4533, 4285), (4572, 4291), (4591, 4336), (4600, 4344)]),
    // From Stavropol to Mineralnye Vody.
    &points([(4504, 4197), (4492, 4236), (4480, 4276), (4471, 4300), (4446, 4310), (4422, 4312)]),
    // From Nevinnomyssk over Stavropol to Novoaleksandrovsk.
    &points([(4465, 4194), (4484, 4190), (4504, 4197), (4522, 4186), (4537, 4171), (4549, 4122), (4554, 4096)]),
    // From Mineralnye Vody over Budyonnovsk to Neftekumsk.
    &points([
        (4422, 4312),
        (4417, 4346),
        (4440, 4388),
        (4460, 4402),
        (4478, 4417),
        (4482, 4464),
        (4475, 4498),
        (4470, 4556),
    ]),
    // From Svetlograd over Blagodarny to Budyonnovsk.
    &points([(4533, 4285), (4510, 4343), (4495, 4384), (4478, 4417)]),
];
