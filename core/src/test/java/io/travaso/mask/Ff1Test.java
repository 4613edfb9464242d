package io.travaso.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ff1Test {

  /** The first samples that NIST publishes with SP 800-38G, radix 10. */
  @ParameterizedTest
  @CsvSource({
    "2B7E151628AED2A6ABF7158809CF4F3C, '', 0123456789, 2433477484",
    "2B7E151628AED2A6ABF7158809CF4F3C, 39383736353433323130, 0123456789, 6124200773",
    "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94, '', 0123456789, 6657667009",
    "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94, 39383736353433323130,"
        + " 0123456789, 1001623463"
  })
  void samplesOfItsAuthors(String key, String tweak, String plain, String cipher) {
    byte[] symbols = new byte[plain.length()];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = (byte) (plain.charAt(i) - '0');
    }
    HexFormat hex = HexFormat.of().withUpperCase();
    new Ff1(hex.parseHex(key)).apply(symbols, 0, symbols.length, 10, hex.parseHex(tweak));
    StringBuilder permuted = new StringBuilder();
    for (byte symbol : symbols) {
      permuted.append(symbol);
    }
    assertThat(permuted).hasToString(cipher);
  }

  /** And what another's program makes, of every length and of all tweaks that are used. */
  @Test
  void sameAsBouncyCastle() {
    Random random = new Random(5);
    byte[] key = new byte[32];
    random.nextBytes(key);
    Ff1 ff1 = new Ff1(key);
    for (int radix : new int[] {10, 26}) {
      for (int count = radix == 10 ? 6 : 5; count <= (radix == 10 ? 32 : 22); count++) {
        for (int tweaked : new int[] {0, 16, 32, 38, 48}) {
          byte[] tweak = new byte[tweaked];
          random.nextBytes(tweak);
          byte[] symbols = new byte[count + 3];
          for (int i = 0; i < symbols.length; i++) {
            symbols[i] = (byte) random.nextInt(radix);
          }
          byte[] expected = symbols.clone();
          FPEFF1Engine engine = new FPEFF1Engine();
          engine.init(true, new FPEParameters(new KeyParameter(key), radix, tweak));
          engine.processBlock(symbols, 2, count, expected, 2);

          ff1.apply(symbols, 2, count, radix, tweak);

          assertThat(symbols).as("%d of %d", count, radix).isEqualTo(expected);
        }
      }
    }
  }
}
