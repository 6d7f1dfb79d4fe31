package energy.audit.agent.enrol;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The client's key and certificate for TLS, as they are in the agent's directory at the moment of each handshake. */
final class CurrentKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "agent";
    private final TlsIdentity identity;

    /** Key and certificate of one moment. */
    record Pair(PrivateKey key, X509Certificate certificate) {}

    CurrentKeys(TlsIdentity identity) {
        this.identity = identity;
    }

    KeyManagerFactory factory() {
        return new Factory(this);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {identity.current().certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.current().key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // it serves nobody
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private static final class Factory extends KeyManagerFactory {
        Factory(KeyManager keys) {
            super(new Spi(keys), new Here(), "current-files");
        }
    }

    private static final class Here extends Provider {
        private static final long serialVersionUID = 1L;

        Here() {
            super("energy-audit-agent", "1", "the agent's own key files");
        }
    }

    private static final class Spi extends KeyManagerFactorySpi {
        private final KeyManager keys;

        Spi(KeyManager keys) {
            this.keys = keys;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {
            // the files are what it is initialised with
        }

        @Override
        protected void engineInit(@Nullable ManagerFactoryParameters parameters) {
            // the files are what it is initialised with
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
