namespace IoTJobsToolkit.Simulation.Tests;

public sealed class DeviceBehaviorTests
{
    private static readonly DeviceBehavior Usual = new() { FailureShare = 0.1, Seconds = 9 };

    [Fact]
    public void A_document_says_how_its_own_job_goes()
    {
        var own = Usual.For("""{"operation":"install","simulate":{"failureShare":0.4,"silenceShare":0.2,"reasons":["battery low","no space"],"steps":7}}""");

        Assert.Equal((0.4, 0.2, 9, 7), (own.FailureShare, own.SilenceShare, own.Seconds, own.Steps));
        Assert.Equal(["battery low", "no space"], own.Reasons);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"simulate":5}""")]
    [InlineData("""["simulate"]""")]
    [InlineData("""{"simulate":{"failureShare":"much","reasons":[],"steps":null}}""")]
    [InlineData("""{"simulate":""")]
    public void What_a_document_does_not_say_or_says_wrongly_stays(string? document)
    {
        var own = Usual.For(document);

        Assert.Equal((Usual.FailureShare, Usual.Seconds, Usual.Steps), (own.FailureShare, own.Seconds, own.Steps));
        Assert.Equal(Usual.Reasons, own.Reasons);
    }

    [Fact]
    public void What_is_too_much_counts_as_the_most_there_can_be()
    {
        var own = Usual.For("""{"simulate":{"failureShare":7,"rejectionShare":-1,"seconds":1e99,"steps":5000}}""");

        Assert.Equal((1, 0, 86_400, 100), (own.FailureShare, own.RejectionShare, own.Seconds, own.Steps));
    }
}
