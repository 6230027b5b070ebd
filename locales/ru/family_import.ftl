# Import of children, certificates and enrolments: reasons and warnings for operators and staff.
# The rest of an import's words is in import.ftl.

refusal-import-disturbed = Пока файл загружался, эти же данные изменил кто-то ещё. Ничего не загружено, повторите.

import-reason-name-empty = имя не заполнено
import-reason-name-words = нужны фамилия, имя и отчество, если есть; пример: Иванова Алиса Петровна
import-reason-name-letters = в имени бывают только буквы, дефис и апостроф
import-reason-name-mixed = в одном слове смешаны русские и латинские буквы
import-reason-name-long = слишком длинное для имени
import-reason-born-ahead = этот день ещё не наступил
import-reason-born-long-ago = по этой дате уже исполнилось { $oldest }: здесь только дети
import-reason-snils-length = в СНИЛС 11 цифр; пример: 112-233-445 95
import-reason-snils-checksum = в СНИЛС опечатка: контрольные цифры не сходятся
import-reason-not-number-of-certificate = в номере сертификата 10 цифр; если он начинается с нуля, сделайте столбец текстовым
import-reason-not-period = период не понят; пример: 01.01.2026-31.12.2026
import-reason-half-period = нужны оба дня: с какого и по какой
import-reason-unknown-kind = нет такого вида; нужно «учёта» или «ПФ»
import-reason-unknown-state = нет такого статуса; пример: действует, приостановлен, аннулирован
import-reason-unknown-money-source = нет такого источника; пример: бюджет, сертификат, платно
import-reason-nominal-of-record = у сертификата учёта номинала нет
import-reason-nominal-missing = у действующего сертификата ПФ должен быть номинал

import-reason-patronymic-differs = у ребёнка с таким именем и датой рождения в базе другое отчество: сверьте с документами
import-reason-several-children = таких детей в базе несколько: укажите СНИЛС или номер сертификата
import-reason-snils-differs = у ребёнка с таким именем и датой рождения в базе другой СНИЛС: сверьте с документами
import-reason-snils-of-another = этот СНИЛС уже у ребёнка с другим именем: сверьте с документами
import-reason-born-differs = у ребёнка с этим СНИЛС в базе другая дата рождения: сверьте с документами
import-reason-snils-holds-certificate = по СНИЛС этого ребёнка уже действует сертификат у другой записи: нужно решение человека
import-reason-number-of-another = этот номер сертификата уже у другого ребёнка: сверьте с документами
import-reason-number-elsewhere = этот номер сертификата уже в другом муниципалитете
import-reason-number-twice = этот номер уже есть в строке { $row }, но с другими данными
import-reason-second-number-in-file = у этого ребёнка уже есть сертификат в строке { $row }
import-reason-has-other-number = у этого ребёнка уже действует сертификат, номер заканчивается на { $tail }
import-reason-request-open = у этого ребёнка есть заявление № { $certificate } в боте: сначала решите его
import-reason-own-registry = этот сертификат выдал бот, файлом его не изменить
import-reason-unknown-number = такого номера нет в базе: загрузите сертификаты или добавьте фамилию, имя и дату рождения
import-reason-unknown-organisation = такой организации в реестре нет
import-reason-unknown-programme = такой программы у этой организации нет
import-reason-unknown-group = такой группы у этой программы нет
import-reason-group-unsaid = у программы несколько групп: назовите одну
import-reason-programme-unclear = программ с этим названием несколько, и по возрасту не понять, какая
import-reason-enrolled-twice = ребёнок уже записан на эту программу в строке { $row }, но с другими данными
import-reason-application-open = на эту программу есть заявка № { $application } в боте: место уже за ребёнком, решите её там

import-warning-differences = Расхождений с базой: { $differences }. Они ждут решения: меню, «Для сотрудников», «Расхождения». Ничего не заменено.
import-warning-overbooked = Детей больше, чем мест: { $programmes ->
    [one] { $programmes } программа
    [few] { $programmes } программы
   *[many] { $programmes } программ
}, например «{ $first }». Записаны все: так в реестре.
