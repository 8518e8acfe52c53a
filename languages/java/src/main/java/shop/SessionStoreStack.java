package shop;

import io.github.cdkdatatier.CacheNodeType;
import io.github.cdkdatatier.LinkOptions;
import io.github.cdkdatatier.RedisEngine;
import io.github.cdkdatatier.SessionCapacity;
import io.github.cdkdatatier.SessionCapacityOptions;
import io.github.cdkdatatier.SessionStore;
import io.github.cdkdatatier.SessionStoreWhenFull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.patterns.ApplicationLoadBalancedFargateService;
import software.amazon.awscdk.services.ecs.patterns.ApplicationLoadBalancedTaskImageOptions;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** A web application whose users stay logged in whichever task answers, and a small one beside it. */
public final class SessionStoreStack extends Stack {
    public SessionStoreStack(final Construct scope, final String id) {
        super(scope, id);

        Vpc vpc = Vpc.Builder.create(this, "Vpc").maxAzs(2).natGateways(1).build();

        SessionCapacity capacity = SessionCapacity.of(SessionCapacityOptions.builder()
            .concurrentSessions(50_000)
            .averageSize(Size.kibibytes(2))
            .build());
        SessionStore sessions = SessionStore.Builder.create(this, "Sessions")
            .vpc(vpc)
            .capacity(capacity)
            .idleTimeout(Duration.minutes(20))
            .absoluteTimeout(Duration.hours(8))
            .whenFull(SessionStoreWhenFull.REFUSE_WRITES)
            .build();

        ApplicationLoadBalancedFargateService web = ApplicationLoadBalancedFargateService.Builder.create(this, "Web")
            .vpc(vpc)
            .desiredCount(2)
            .minHealthyPercent(100)
            .taskImageOptions(ApplicationLoadBalancedTaskImageOptions.builder()
                .image(ContainerImage.fromRegistry("shop/web"))
                .containerPort(8080)
                .build())
            .build();
        sessions.linkContainer(web.getTaskDefinition().getDefaultContainer(), web.getService());

        SessionStore small = SessionStore.Builder.create(this, "Small")
            .vpc(vpc)
            .nodeType(CacheNodeType.T4_G_MICRO)
            .engine(RedisEngine.VALKEY_8_1)
            .removalPolicy(RemovalPolicy.DESTROY)
            .whenFull(SessionStoreWhenFull.EVICT_SOONEST_TO_EXPIRE)
            .build();
        Map<String, String> variables = sessions.environmentVariables("OTHER");
        Function fn = Function.Builder.create(this, "Function")
            .vpc(vpc)
            .runtime(Runtime.NODEJS_24_X)
            .handler("index.handler")
            .code(Code.fromInline("exports.handler = async () => {};"))
            .environment(new TreeMap<>(Map.of(
                "WEB_SESSIONS_HOST", variables.get("OTHER_HOST"), "WEB_SESSIONS_PORT", variables.get("OTHER_PORT"))))
            .build();
        small.linkFunction(fn, LinkOptions.builder().prefix("SESSIONS").build());
        sessions.getSecret().grantRead(fn);
        fn.getConnections().allowToDefaultPort(sessions.getConnections());

        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("ReplicationGroupId", sessions.getCluster().getReplicationGroupName());
        outputs.put("KeyPrefix", sessions.getKeyPrefix());
        outputs.put("IdleTimeout", sessions.getIdleTimeout().toIsoString());
        outputs.put("AbsoluteTimeout", sessions.getAbsoluteTimeout().toIsoString());
        outputs.put("NodeType", capacity.getNodeType().toString());
        outputs.put("Bytes", String.valueOf(capacity.getBytes().longValue()));
        outputs.forEach((name, value) -> CfnOutput.Builder.create(this, name).value(value).build());
    }
}
