"""A Fargate service behind a load balancer: everything is described as in the template, nothing starts."""

import json
from typing import Any

from cache_templates import network
from local_aws_process import LocalAws, Template, get_att, ref, resource, template


def service(image: str = "image:1", desired: int = 2, path: str = "/health") -> Template:
    trust = {"Version": "2012-10-17", "Statement": []}
    container = {
        "Name": "web",
        "Image": image,
        "Essential": True,
        "Environment": [{"Name": "CACHE_HOST", "Value": get_att("Balancer", "DNSName")}],
        "Secrets": [{"Name": "TOKEN", "ValueFrom": "arn:secret"}],
        "PortMappings": [{"ContainerPort": 8080, "Protocol": "tcp"}],
        "DockerLabels": {"Kept-As": "it is"},
        "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": ref("Log")}},
        "HealthCheck": {"Command": ["CMD", "true"], "Interval": 5},
    }
    definition = {
        "Family": "web",
        "Cpu": "256",
        "Memory": "512",
        "NetworkMode": "awsvpc",
        "RequiresCompatibilities": ["FARGATE"],
        "ExecutionRoleArn": get_att("Role", "Arn"),
        "TaskRoleArn": get_att("Role", "Arn"),
        "RuntimePlatform": {"CpuArchitecture": "ARM64"},
        "ContainerDefinitions": [container],
    }
    load_balancer = {"ContainerName": "web", "ContainerPort": 8080, "TargetGroupArn": ref("Targets")}
    return {
        **network("10.30.0.0/16"),
        "Log": resource("Logs::LogGroup", {"RetentionInDays": 7}),
        "Role": resource("IAM::Role", {"AssumeRolePolicyDocument": trust}),
        "Policy": resource("IAM::Policy", {"PolicyName": "logs", "PolicyDocument": trust, "Roles": [ref("Role")]}),
        "Cluster": resource("ECS::Cluster", {"ClusterSettings": [{"Name": "containerInsights", "Value": "enabled"}]}),
        "Task": resource("ECS::TaskDefinition", definition),
        "Balancer": resource(
            "ElasticLoadBalancingV2::LoadBalancer",
            {"Subnets": [ref("SubnetA"), ref("SubnetB")], "SecurityGroups": [ref("SecurityGroup")]},
        ),
        "Targets": resource(
            "ElasticLoadBalancingV2::TargetGroup",
            {"VpcId": ref("Vpc"), "Port": 80, "Protocol": "HTTP", "TargetType": "ip", "HealthCheckPath": path},
        ),
        "Listener": resource(
            "ElasticLoadBalancingV2::Listener",
            {
                "LoadBalancerArn": ref("Balancer"),
                "Port": 80,
                "Protocol": "HTTP",
                "DefaultActions": [{"Type": "forward", "TargetGroupArn": ref("Targets")}],
            },
        ),
        "Service": resource(
            "ECS::Service",
            {
                "Cluster": ref("Cluster"),
                "TaskDefinition": ref("Task"),
                "DesiredCount": desired,
                "LaunchType": "FARGATE",
                "LoadBalancers": [load_balancer],
                "EnableECSManagedTags": False,
                "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": [ref("SubnetA")]}},
            },
            DependsOn=["Listener", "Policy"],
        ),
    }


def described(local_aws: LocalAws) -> tuple[dict[str, Any], dict[str, Any]]:
    """The service and the task definition that it names."""
    ecs, ids = local_aws.client("ecs"), local_aws.resources("service")
    found = ecs.describe_services(cluster=ids["Cluster"], services=[ids["Service"]])["services"][0]
    task = ecs.describe_task_definition(taskDefinition=found["taskDefinition"])["taskDefinition"]
    return found, task


def test_service(local_aws: LocalAws) -> None:
    outcome = local_aws.deploy("service", template(service(), {"Dns": get_att("Balancer", "DNSName")}))
    assert outcome.status == "CREATE_COMPLETE", outcome.failures
    ids = local_aws.resources("service")
    found, task = described(local_aws)
    assert (found["desiredCount"], found["runningCount"], found["pendingCount"]) == (2, 0, 0)
    assert found["loadBalancers"][0]["targetGroupArn"] == ids["Targets"]
    assert found["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == [ids["SubnetA"]]
    assert local_aws.client("ecs").list_tasks(cluster=ids["Cluster"])["taskArns"] == []
    container = task["containerDefinitions"][0]
    assert container["environment"] == [{"name": "CACHE_HOST", "value": outcome.outputs["Dns"]}]
    assert container["secrets"] == [{"name": "TOKEN", "valueFrom": "arn:secret"}]
    assert container["portMappings"] == [{"containerPort": 8080, "protocol": "tcp"}]
    assert container["dockerLabels"] == {"Kept-As": "it is"}
    assert container["logConfiguration"] == {"logDriver": "awslogs", "options": {"awslogs-group": ids["Log"]}}
    assert container["healthCheck"] == {"command": ["CMD", "true"], "interval": 5}
    assert task["runtimePlatform"] == {"cpuArchitecture": "ARM64"}
    assert (task["cpu"], task["memory"], task["networkMode"], task["revision"]) == ("256", "512", "awsvpc", 1)

    updated = local_aws.deploy("service", template(service("image:2", desired=3, path="/ready")))
    assert updated.status == "UPDATE_COMPLETE", updated.failures
    found, task = described(local_aws)
    assert (found["desiredCount"], task["revision"], task["containerDefinitions"][0]["image"]) == (3, 2, "image:2")
    assert local_aws.resources("service")["Service"] == ids["Service"]

    balancing = local_aws.client("elbv2")
    groups = balancing.describe_target_groups(TargetGroupArns=[ids["Targets"]])["TargetGroups"]
    assert (groups[0]["HealthCheckPath"], groups[0]["LoadBalancerArns"]) == ("/ready", [ids["Balancer"]])
    listeners = balancing.describe_listeners(LoadBalancerArn=ids["Balancer"])["Listeners"]
    assert listeners[0]["DefaultActions"][0]["TargetGroupArn"] == ids["Targets"]
    iam = local_aws.client("iam")
    assert iam.list_role_policies(RoleName=ids["Role"])["PolicyNames"] == ["logs"]

    assert local_aws.delete("service").status == "DELETE_COMPLETE"
    assert balancing.describe_load_balancers()["LoadBalancers"] == []
    assert balancing.describe_target_groups()["TargetGroups"] == []
    assert local_aws.client("ecs").list_clusters()["clusterArns"] == []
    assert local_aws.client("logs").describe_log_groups(logGroupNamePrefix=ids["Log"])["logGroups"] == []


def test_role_keeps_policies_of_other_resources(local_aws: LocalAws) -> None:
    document = {"Version": "2012-10-17", "Statement": []}

    def role(description: str, own: str) -> Template:
        inline = [{"PolicyName": own, "PolicyDocument": document}]
        properties = {"AssumeRolePolicyDocument": document, "Description": description, "Policies": inline}
        policy = {"PolicyName": "beside", "PolicyDocument": document, "Roles": [ref("Role")]}
        return template({"Role": resource("IAM::Role", properties), "Policy": resource("IAM::Policy", policy)})

    iam = local_aws.client("iam")
    local_aws.deploy("role", role("one", "first"))
    name = local_aws.resources("role")["Role"]
    assert local_aws.deploy("role", role("two", "second")).status == "UPDATE_COMPLETE"
    assert sorted(iam.list_role_policies(RoleName=name)["PolicyNames"]) == ["beside", "second"]
    assert iam.get_role(RoleName=name)["Role"]["Description"] == "two"
    text = iam.get_role_policy(RoleName=name, PolicyName="beside")["PolicyDocument"]
    assert json.loads(text) == document if isinstance(text, str) else text == document
    assert local_aws.delete("role").status == "DELETE_COMPLETE"


def test_log_group_keeps_its_streams(local_aws: LocalAws) -> None:
    logs = local_aws.client("logs")

    def group(days: int) -> Template:
        key = resource("KMS::Key", {"KeyPolicy": {"Version": "2012-10-17", "Statement": []}})
        properties = {"LogGroupName": "kept", "RetentionInDays": days, "KmsKeyId": get_att("Key", "Arn")}
        return template({"Key": key, "Log": resource("Logs::LogGroup", properties)})

    assert local_aws.deploy("logs", group(7)).status == "CREATE_COMPLETE"
    logs.create_log_stream(logGroupName="kept", logStreamName="stream")
    assert local_aws.deploy("logs", group(30)).status == "UPDATE_COMPLETE"
    found = logs.describe_log_groups(logGroupNamePrefix="kept")["logGroups"][0]
    assert found["retentionInDays"] == 30
    assert found["kmsKeyId"].startswith("arn:aws:kms:")
    assert len(logs.describe_log_streams(logGroupName="kept")["logStreams"]) == 1
    wrong = template({"Log": resource("Logs::LogGroup", {"KmsKeyId": "gone"})})
    assert "KMS key gone does not exist" in local_aws.deploy("no-key", wrong).failures["Log"]
    assert local_aws.delete("logs").status == "DELETE_COMPLETE"


def test_topic_keeps_its_subscriptions(local_aws: LocalAws) -> None:
    sns = local_aws.client("sns")

    def topic(name: str) -> Template:
        policy = {"Version": "2012-10-17", "Statement": [{"Sid": name}]}
        return template(
            {
                "Topic": resource("SNS::Topic", {"DisplayName": name}),
                "Policy": resource("SNS::TopicPolicy", {"Topics": [ref("Topic")], "PolicyDocument": policy}),
            },
            {"Arn": ref("Topic")},
        )

    arn = local_aws.deploy("topic", topic("one")).outputs["Arn"]
    sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="a@example.com")
    assert local_aws.deploy("topic", topic("two")).status == "UPDATE_COMPLETE"
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert attributes["DisplayName"] == "two"
    assert json.loads(attributes["Policy"])["Statement"] == [{"Sid": "two"}]
    assert len(sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]) == 1
    assert local_aws.delete("topic").status == "DELETE_COMPLETE"
