package shop;

import io.github.cdkdatatier.DataTierValidations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Validations;

public final class Main {
    private Main() {
    }

    public static void main(final String[] args) {
        App app = new App();
        Validations.of(app).addPlugins(new DataTierValidations());
        new SessionStoreStack(app, "SessionStore");
        RedisClustersStack clusters = new RedisClustersStack(app, "RedisClusters");
        new RedisClientsStack(app, "RedisClients", clusters);
        new MemcachedPoolStack(app, "MemcachedPool");
        new MonitoringStack(app, "Monitoring");
        app.synth();
    }
}
