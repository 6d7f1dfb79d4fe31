package energy.audit.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcByPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1/me", "/api/v1/tenants/demo-castings/sites"})
    void restTakesBearerTokensOnly(String path) {
        assertThat(OidcByPath.isRest(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/t/demo-castings/foundry-north/today", "/data/me", "/apis", "/t/api/v1"})
    void pagesTakeABrowsersSession(String path) {
        assertThat(OidcByPath.isRest(path)).isFalse();
    }

    @Test
    void aRequestWithoutAPathIsNoRest() {
        assertThat(OidcByPath.isRest(null)).isFalse();
    }
}
