"""CloudWatch of one run, put together: the clock, the metrics, the alarms, and who publishes."""

from collections.abc import Callable, Mapping

from local_aws.cloudwatch.alarms import Alarms
from local_aws.cloudwatch.metric_clock import MINUTE, MetricClock
from local_aws.cloudwatch.metrics import Metric, MetricStore, Sample
from local_aws.cloudwatch.notifications import TopicMessenger
from local_aws.settings import Settings

# Gets the moment at which a metric minute began.
Publisher = Callable[[float], None]


class Monitoring:
    """Nothing happens before `start`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.clock = MetricClock(settings.metric_minute_seconds)
        self.metrics = MetricStore()
        self.alarms = Alarms(self.metrics, self.clock, TopicMessenger(settings.account, settings.region))
        self.publishers: list[Publisher] = []

    def start(self) -> None:
        """From now on, publish and evaluate at the end of every metric minute."""
        self.clock.start(self.minute_over)

    def stop(self) -> None:
        """Ends with the minute that is being looked at; twice does no harm."""
        self.clock.stop()

    def minute_over(self, end: float) -> None:
        """What was measured belongs to the minute; the alarms see it at once."""
        for publish in self.publishers:
            publish(end - MINUTE)
        self.alarms.minute_over(end)

    def record(
        self, namespace: str, name: str, value: float, unit: str = "None", dimensions: Mapping[str, str] | None = None
    ) -> None:
        """One value that was measured just now."""
        metric = Metric.of(namespace, name, dimensions or {})
        self.metrics.put(metric, Sample(self.clock.now(), float(value), unit))

    def alarm_arn(self, name: str) -> str:
        """The ARN of an alarm."""
        return f"arn:aws:cloudwatch:{self._settings.region}:{self._settings.account}:alarm:{name}"
