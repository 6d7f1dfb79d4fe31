package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** REST as a stranger and as somebody without a grant. */
class TenantsAreApartIT {
    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void anUnauthenticatedCallGets401WhateverItAccepts() {
        for (String accept : new String[] {"application/json", "text/html", "*/*"}) {
            HttpResponse<String> answer =
                    RunningStack.send(HttpRequest.newBuilder(RunningStack.api("/tenants/demo-castings/sites"))
                            .header("Accept", accept)
                            .GET()
                            .build());
            assertThat(answer.statusCode()).as(accept).isEqualTo(401);
        }
    }

    @Test
    void healthSaysOnlyUpOrDownToAnybody() {
        HttpResponse<String> ready = RunningStack.send(HttpRequest.newBuilder(
                        java.net.URI.create(RunningStack.portal().replaceAll("/$", "") + "/health/ready"))
                .GET()
                .build());
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).hasSizeLessThan(200);
    }

    @Test
    void anUnknownTenantIsRefusedAsAProblemThatSaysWhatToDo() {
        HttpResponse<String> answer = RunningStack.get("/tenants/no-such-tenant/sites");
        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }
}
