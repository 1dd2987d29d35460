using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>Who may publish and subscribe to what (mqtt-api 9).</summary>
public sealed class TopicPolicyTests
{
    private static readonly Caller Device = Caller.Device("T");
    private static readonly Caller Viewer = Caller.Operator("viewer", AccessRole.VIEWER);
    private static readonly Caller Operator = Caller.Operator("operator", AccessRole.OPERATOR);

    private static readonly TopicPolicy Configured = new(["things/${thing}/#", "${thing}/state", "up/+/${thing}"], ["things/${thing}/#", "news/#"]);

    public static TheoryData<string> RequestTopics =>
    [
        "get", "start-next", "j/get", "$next/get", "j/update", "get-namespace-NS", "start-next-namespace-NS", "j/namespace-NS/get", "j/namespace-NS/update",
        // Answered InvalidTopic.
        "$next/update", "foo", "",
    ];

    public static TheoryData<string> ServiceTopics =>
    [
        "$aws/things/T/jobs/get/accepted", "$aws/things/T/jobs/get/rejected", "$aws/things/T/jobs/j/update/accepted", "$aws/things/T/jobs/foo/rejected",
        "$aws/things/T/jobs/notify", "$aws/things/T/jobs/notify-next", "$aws/things/T/jobs/notify-namespace-NS", "$aws/things/T/jobs/notify-next-namespace-NS",
        "$aws/things/T/jobs", "$aws/things/T/shadow/update", "$aws/things//jobs/get", "$aws/events/job/j/completed",
        "$aws/events/jobExecution/j/succeeded", "$aws/anything", "$SYS/broker", "$share/g/t", "$", "",
        "$aws/things/+/jobs/get", "$aws/things/T/jobs/#", "$aws/things/T/jobs/+/get", "a/+", "#", "a\0b",
    ];

    [Theory]
    [MemberData(nameof(RequestTopics))]
    public void A_device_asks_for_its_own_thing_alone(string below)
    {
        Assert.True(TopicPolicy.Default.MayPublish(Device, $"$aws/things/T/jobs/{below}"));
        foreach (var other in new[] { "t", "TT", "U", "T ", "a:T", "" })
        {
            Assert.False(TopicPolicy.Default.MayPublish(Device, $"$aws/things/{other}/jobs/{below}"));
        }
    }

    [Theory]
    [MemberData(nameof(RequestTopics))]
    public void Who_may_run_jobs_asks_for_any_thing(string below)
    {
        Assert.True(TopicPolicy.Default.MayPublish(Operator, $"$aws/things/T/jobs/{below}"));
        Assert.True(TopicPolicy.Default.MayPublish(Caller.Operator("a"), $"$aws/things/U/jobs/{below}"));
        Assert.False(TopicPolicy.Default.MayPublish(Viewer, $"$aws/things/T/jobs/{below}"));
    }

    [Theory]
    [MemberData(nameof(ServiceTopics))]
    public void Nobody_publishes_what_belongs_to_the_service_or_is_no_topic(string topic)
    {
        foreach (var caller in new[] { Device, Viewer, Operator, Caller.Operator("administrator") })
        {
            Assert.False(TopicPolicy.Default.MayPublish(caller, topic));
            Assert.False(Configured.MayPublish(caller, topic));
        }
    }

    [Theory]
    [InlineData("$aws/things/T/jobs/#")]
    [InlineData("$aws/things/T/jobs/+")]
    [InlineData("$aws/things/T/jobs/+/+")]
    [InlineData("$aws/things/T/jobs/+/get/accepted")]
    [InlineData("$aws/things/T/jobs/+/namespace-NS/+/rejected")]
    [InlineData("$aws/things/T/jobs/get/#")]
    [InlineData("$aws/things/T/jobs/notify")]
    [InlineData("$aws/things/T/jobs/notify-next")]
    [InlineData("$aws/things/T/jobs/$next/get/accepted")]
    public void A_device_hears_of_its_own_thing(string filter)
    {
        Assert.True(TopicPolicy.Default.MaySubscribe(Device, filter));
        Assert.False(TopicPolicy.Default.MaySubscribe(Caller.Device("U"), filter));
        Assert.True(TopicPolicy.Default.MaySubscribe(Viewer, filter));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+/#")]
    [InlineData("$aws/#")]
    [InlineData("$aws/+/T/jobs/notify")]
    [InlineData("$aws/things/#")]
    [InlineData("$aws/things/+/jobs/notify")]
    [InlineData("$aws/things/T/#")]
    [InlineData("$aws/things/T/+/notify")]
    [InlineData("$aws/things/T/jobsx/#")]
    [InlineData("$aws/things/U/jobs/#")]
    [InlineData("$aws/things/T/shadow/#")]
    [InlineData("$aws/events/job/#")]
    [InlineData("$aws/events/jobExecution/+/succeeded")]
    [InlineData("$share/g/$aws/things/T/jobs/#")]
    [InlineData("$SYS/#")]
    [InlineData("a")]
    [InlineData("T/#")]
    public void A_device_hears_of_nothing_else(string filter) => Assert.False(TopicPolicy.Default.MaySubscribe(Device, filter));

    [Theory]
    [InlineData("#")]
    [InlineData("a/+/b")]
    [InlineData("$aws/#")]
    [InlineData("$aws/events/job/#")]
    [InlineData("$aws/events/jobExecution/+/succeeded")]
    [InlineData("$aws/things/+/jobs/notify")]
    public void A_viewer_hears_everything_and_says_nothing(string filter)
    {
        Assert.True(TopicPolicy.Default.MaySubscribe(Viewer, filter));
        Assert.True(TopicPolicy.Default.MaySubscribe(Operator, filter));
        Assert.False(TopicPolicy.Default.MayPublish(Viewer, "a/b"));
        Assert.True(TopicPolicy.Default.MayPublish(Operator, "a/b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a#")]
    [InlineData("a/#/b")]
    [InlineData("#/a")]
    [InlineData("a+/b")]
    [InlineData("$aws/things/T/jobs/#/x")]
    [InlineData("$aws/things/T/jobs/x#")]
    [InlineData("a\0")]
    [InlineData("$SYS/#")]
    [InlineData("$share/g/a")]
    public void What_is_no_filter_or_no_topic_of_ours_nobody_subscribes_to(string filter)
    {
        Assert.False(Configured.MaySubscribe(Device, filter));
        Assert.False(Configured.MaySubscribe(Operator, filter));
    }

    [Theory]
    [InlineData("things/T/a", true, true)]
    [InlineData("things/T", true, true)]
    [InlineData("things/T/", true, true)]
    [InlineData("T/state", true, false)]
    [InlineData("T/state/x", false, false)]
    [InlineData("up/x/T", true, false)]
    [InlineData("up/T", false, false)]
    [InlineData("up/x/y/T", false, false)]
    [InlineData("news/today", false, true)]
    [InlineData("things/U/a", false, false)]
    [InlineData("things/TT", false, false)]
    [InlineData("${thing}/state", false, false)]
    [InlineData("/things/T/a", false, false)]
    public void The_installation_gives_devices_ordinary_topics(string topic, bool mayPublish, bool maySubscribe) => Assert.Equal(
        (mayPublish, maySubscribe, false, false),
        (Configured.MayPublish(Device, topic), Configured.MaySubscribe(Device, topic),
            TopicPolicy.Default.MayPublish(Device, topic), TopicPolicy.Default.MaySubscribe(Device, topic)));

    [Theory]
    [InlineData("things/T/#", true)]
    [InlineData("things/T/+/x", true)]
    [InlineData("news/#", true)]
    [InlineData("news/+", true)]
    [InlineData("things/#", false)]
    [InlineData("things/+", false)]
    [InlineData("things/+/a", false)]
    [InlineData("+/T/a", false)]
    [InlineData("#", false)]
    [InlineData("+", false)]
    [InlineData("+/#", false)]
    public void A_filter_must_lie_wholly_in_what_is_given(string filter, bool may) => Assert.Equal(may, Configured.MaySubscribe(Device, filter));

    [Theory]
    [InlineData("#", "a")]
    [InlineData("+/b", "a/b")]
    [InlineData("${thing}", "T")]
    public void A_pattern_may_be_wide_but_never_reaches_the_services_topics(string pattern, string topic)
    {
        var policy = new TopicPolicy([pattern], [pattern]);
        Assert.True(policy.MayPublish(Device, topic));
        Assert.True(policy.MaySubscribe(Device, pattern == "${thing}" ? "T" : pattern));
        Assert.False(policy.MaySubscribe(Device, "$aws/b"));
        Assert.False(policy.MaySubscribe(Device, "$aws/#"));
        Assert.False(policy.MaySubscribe(Device, "$b/#"));
        Assert.False(policy.MayPublish(Device, "$aws/b"));
    }

    [Theory]
    [InlineData("a/#")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("$aws")]
    public void A_device_with_an_impossible_name_has_nothing(string? thing)
    {
        var caller = new Caller("x", CallerKind.Device, thing);
        var wide = new TopicPolicy(["#", "${thing}"], ["#", "${thing}"]);
        Assert.False(wide.MayPublish(caller, "a"));
        Assert.False(wide.MaySubscribe(caller, "a"));
        Assert.False(wide.MayPublish(caller, $"$aws/things/{thing}/jobs/get"));
        Assert.False(wide.MaySubscribe(caller, $"$aws/things/{thing}/jobs/get"));
    }

    [Theory]
    [InlineData("a/#/b", "no topic filter")]
    [InlineData("a+", "no topic filter")]
    [InlineData("", "no topic filter")]
    [InlineData("$aws/things/${thing}/#", "begins with $")]
    [InlineData("$share/a/b", "begins with $")]
    public void A_pattern_that_cannot_be_meant_is_refused_by_name(string pattern, string named)
    {
        var publish = Assert.Throws<ArgumentException>(() => new TopicPolicy([pattern], []));
        var subscribe = Assert.Throws<ArgumentException>(() => new TopicPolicy([], [pattern]));
        Assert.Contains(named, publish.Message, StringComparison.Ordinal);
        Assert.Contains($"'{pattern}'", publish.Message, StringComparison.Ordinal);
        Assert.Equal(("devicesPublish", "devicesSubscribe"), (publish.ParamName, subscribe.ParamName));
    }
}
