// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/crc32c.h"

#include <QTest>
#include <numeric>
#include <string_view>
#include <vector>

using namespace retort;

namespace {

std::uint32_t crc_of(const std::vector<unsigned char>& bytes) {
    return crc32c(std::as_bytes(std::span(bytes)));
}

} // namespace

class TestCrc32c : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itGivesTheValuesOfTheStandard() { // RFC 3720, B.4
        QCOMPARE(crc_of(std::vector<unsigned char>(32, 0x00)), 0x8A9136AAU);
        QCOMPARE(crc_of(std::vector<unsigned char>(32, 0xFF)), 0x62A8AB43U);
        std::vector<unsigned char> bytes(32);
        std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(0));
        QCOMPARE(crc_of(bytes), 0x46DD794EU);
        std::iota(bytes.rbegin(), bytes.rend(), static_cast<unsigned char>(0));
        QCOMPARE(crc_of(bytes), 0x113FDB5CU);
    }
    void itTakesAnyLength() { // the check value of the catalogue of parametrised CRC algorithms
        constexpr std::string_view digits = "123456789";
        QCOMPARE(crc32c(std::as_bytes(std::span(digits))), 0xE3069283U);
        QCOMPARE(crc32c({}), 0U);
    }
};

QTEST_APPLESS_MAIN(TestCrc32c)
#include "test_crc32c.moc"
