// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/function_words.h"

#include "data/import/words.h"

#include <algorithm>
#include <utility>

namespace retort {
namespace {

struct Language {
    std::string_view name;
    std::string_view words;
};

constexpr auto languages = std::to_array<Language>({
    {"cs",
     "a v na se je že o s z do pro i byl jako by za ve po jsou ale od jeho k který však při která které byla "
     "bylo nebo jen mezi také být který až už nebyl jsem této tento jeho"},
    {"da", "og i at det er en til på som for af den der med har de et var ikke fra men også han om sig efter "
           "blev ved "
           "eller kan hun hvor nogle deres når ud over mange denne havde"},
    {"de", "der die das und in den von zu mit ist im dem für auf des nicht ein eine als auch es an werden "
           "aus er hat "
           "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber "
           "vor zur "
           "bis mehr durch man sich wenn wurde diese dieser ihre kann ich wir unter waren"},
    {"en",
     "the of and to in a is that for it was as with be by on not he his but at are this have from or had an "
     "they which you were their been has its who will more no if out so said what up there when one she her "
     "we "
     "all can would about into them than other may these"},
    {"es", "de la que el en y los se del las por un para con no una su al lo como más pero sus le ya o este "
           "sí porque "
           "esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue era "
           "son ser "
           "había está han"},
    {"fi", "ja on ei että oli se hän mutta ovat kun myös niin kuin joka sen ole tai jos jonka vain hänen "
           "olisi jotka "
           "sekä mukaan kanssa vuonna jo nyt siitä oman olivat tämä"},
    {"fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la "
           "les avec "
           "ou son lui nous comme mais on si leur y dont tout elle deux cette aux ces même être fait ont été "
           "sa ses "
           "d l qu était peut vous n s c"},
    {"it", "di e il la che in a per un del è una le con non si da i al dei della più come sono lo nel gli ha "
           "ma alla "
           "dal delle o anche su era se nella suo questo stato loro essere ci tra fu degli sua cui fra dell"},
    {"nl", "de van het een en in is dat op te zijn met voor niet die aan er om ook als dan maar bij door "
           "naar uit of "
           "tot nog was over wordt heeft ze werd worden had hij meer deze geen wel hun kan zich haar"},
    {"pl", "i w na z się do nie jest to że o jak po co a ale od za przez tego tym był jego oraz dla ich są "
           "był może "
           "przy także jako które który która było tylko czy ze już lub być jej roku"},
    {"pt",
     "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
     "quando muito nos já também só pelo pela até isso ela entre depois sem mesmo aos foi são ser tem era "
     "está "
     "há num"},
    {"ru", "и в не на что с по как это из у за от но для к он о же его а то бы так все был ее их было или "
           "при ее мы "
           "если только до вы также она они были который которые может быть после этого где того"},
    {"sv", "och i att det som en på är av för med till den har de inte om ett han men var sig från så vi "
           "hade kan när "
           "eller också vid sin ska efter där ut under blev hon mot denna dessa blir skulle"},
});
constexpr std::size_t none = languages.size();
static_assert(languages.size() <= std::tuple_size_v<std::array<int, 16>>);

/// Words of the lists by hash, each with a bit for every language that has it.
class WordTable {
public:
    WordTable() : slots_(slot_count) {
        for (std::size_t language = 0; language < languages.size(); ++language)
            for_each_word(languages[language].words, [&](std::uint64_t hash) {
                find(hash) = {hash, find(hash).second | 1U << language};
            });
    }
    [[nodiscard]] std::uint32_t languages_of(std::uint64_t hash) const {
        for (std::size_t at = hash % slot_count; slots_[at].second != 0; at = (at + 1) % slot_count)
            if (slots_[at].first == hash) return slots_[at].second;
        return 0;
    }

private:
    using Slot = std::pair<std::uint64_t, std::uint32_t>;
    static constexpr std::size_t slot_count = 4096; // four times the words

    Slot& find(std::uint64_t hash) {
        std::size_t at = hash % slot_count;
        while (slots_[at].second != 0 && slots_[at].first != hash)
            at = (at + 1) % slot_count;
        return slots_[at];
    }
    std::vector<Slot> slots_;
};

const WordTable& word_table() {
    static const WordTable table;
    return table;
}

std::size_t language_of(std::string_view domain) {
    const std::string_view name = domain.substr(0, domain.find_first_of("-_"));
    const auto found = std::ranges::find(languages, name, &Language::name);
    return static_cast<std::size_t>(found - languages.begin());
}

constexpr std::int32_t judged_words = 8;

} // namespace

bool knows_language(std::string_view domain) {
    return language_of(domain) != none;
}

std::optional<LanguageJudge> LanguageJudge::of(std::string_view domain) {
    const std::size_t own = language_of(domain);
    if (own == none) return std::nullopt;
    return LanguageJudge(own);
}

void LanguageJudge::begin() {
    words_ = 0;
    known_.fill(0);
}

void LanguageJudge::word(std::uint64_t hash) {
    ++words_;
    const std::uint32_t found = word_table().languages_of(hash);
    if (found == 0) return;
    for (std::size_t language = 0; language < languages.size(); ++language)
        known_[language] += static_cast<std::int32_t>(found >> language & 1U);
}

bool LanguageJudge::is_foreign() const {
    const std::int32_t most = std::ranges::max(known_);
    return words_ >= judged_words && 5 * most >= words_ && most >= 2 * std::max(known_[own_], 1);
}

} // namespace retort
