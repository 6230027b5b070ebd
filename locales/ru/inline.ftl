# Cards sent from any chat.

inline-description = { $ages } · { $seats } · { $price } · { $organisation }
inline-description-elsewhere = { $district } · { $description }
inline-card =
    <b>{ $title }</b>
    { $organisation }
    { $ages } · { $price }
    На { $moment }: { $seats }
button-inline-open = Открыть Кружок
