package io.travaso.host;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/** The platform's keys on elliptic curves under BouncyCastle's word for them, which sshj uses. */
public final class EcdsaKeys extends KeyFactorySpi {
  private final KeyFactory keys;

  /** Made by the platform, when sshj asks for it. */
  public EcdsaKeys() throws NoSuchAlgorithmException {
    keys = KeyFactory.getInstance("EC");
  }

  /** Lets sshj find them; again is as good as once. */
  static void register() {
    Security.addProvider(new Words());
  }

  private static final class Words extends Provider {
    private static final long serialVersionUID = 1;

    Words() {
      super("Travaso", "1", "ECDSA for EC");
      put("KeyFactory.ECDSA", EcdsaKeys.class.getName());
    }
  }

  @Override
  protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
    return keys.generatePublic(spec);
  }

  @Override
  protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
    return keys.generatePrivate(spec);
  }

  @Override
  protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec)
      throws InvalidKeySpecException {
    return keys.getKeySpec(key, spec);
  }

  @Override
  protected Key engineTranslateKey(Key key) throws InvalidKeyException {
    return keys.translateKey(key);
  }
}
