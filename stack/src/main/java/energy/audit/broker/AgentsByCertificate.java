package energy.audit.broker;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.NoCacheLoginException;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/**
 * An agent is who its client certificate says (subject {@code CN=tenant.agent}, signed by the installation's agent
 * authority, which the TLS acceptor has checked), and may touch its own two topics only. The rule needs no list: an agent
 * that is enrolled while the broker runs is let in at once. Everybody else signs in with a password, by JAAS.
 */
public final class AgentsByCertificate extends ActiveMQJAASSecurityManager {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Set<CheckType> ON_BATCHES = Set.of(CheckType.SEND, CheckType.CREATE_ADDRESS);
    private static final Set<CheckType> ON_RECEIPTS = Set.of(
            CheckType.CREATE_ADDRESS,
            CheckType.CONSUME,
            CheckType.CREATE_DURABLE_QUEUE,
            CheckType.DELETE_DURABLE_QUEUE,
            CheckType.CREATE_NON_DURABLE_QUEUE,
            CheckType.DELETE_NON_DURABLE_QUEUE);
    private static final System.Logger LOG = System.getLogger(AgentsByCertificate.class.getName());

    /** Made by the broker, by its name in {@code bootstrap.xml}. */
    public AgentsByCertificate() {
        super("activemq");
    }

    /** Takes no properties. */
    @Override
    public AgentsByCertificate init(Map<String, String> properties) {
        return this;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user, @Nullable String password, @Nullable RemotingConnection connection, String domain)
            throws NoCacheLoginException {
        X509Certificate[] chain = connection == null ? null : CertificateUtil.getCertsFromConnection(connection);
        if (chain == null || chain.length == 0) {
            return super.authenticate(user, password, connection, domain);
        }
        if (RevokedCertificates.inForce().holds(chain[0])) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ERR CERTIFICATE_REVOKED subject={0} next=enrol_a_new_agent_under_another_name",
                    chain[0].getSubjectX500Principal());
            return null;
        }
        Optional<AgentIdentity> agent = identity(chain[0]);
        if (agent.isEmpty() || (user != null && !user.equals(agent.get().name()))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ERR CERTIFICATE_REFUSED subject={0} user={1} next=sign_in_with_the_certificate''s_own_name",
                    chain[0].getSubjectX500Principal(),
                    user);
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(agent.get().name()));
        subject.getPrincipals().add(agent.get());
        return subject;
    }

    @Override
    public boolean authorize(@Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
        Optional<AgentIdentity> agent = subject == null
                ? Optional.empty()
                : subject.getPrincipals(AgentIdentity.class).stream().findFirst();
        return agent.map(known -> allowed(known, check, address))
                .orElseGet(() -> super.authorize(subject, roles, check, address));
    }

    private static boolean allowed(AgentIdentity agent, CheckType check, String address) {
        // a check on a queue names it after its address: t.acme.roof.receipt::…
        int queue = address.indexOf("::");
        String topic = queue < 0 ? address : address.substring(0, queue);
        return (topic.equals(agent.address("batch")) && ON_BATCHES.contains(check))
                || (topic.equals(agent.address("receipt")) && ON_RECEIPTS.contains(check));
    }

    private static Optional<AgentIdentity> identity(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .filter(name -> NAME.matcher(name).matches())
                            .findFirst()
                            .map(AgentIdentity::new);
        } catch (InvalidNameException e) {
            LOG.log(System.Logger.Level.WARNING, "ERR CERTIFICATE_REFUSED subject is no distinguished name", e);
            return Optional.empty();
        }
    }
}
