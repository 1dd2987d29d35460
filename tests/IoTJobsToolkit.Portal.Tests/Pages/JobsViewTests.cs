using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class JobsViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_address_holds_what_is_asked_and_nothing_else()
    {
        Assert.Equal("portal/jobs", new JobsView().Address);
        Assert.Equal(
            "portal/jobs?status=IN_PROGRESS&text=a%26b%20c&selection=CONTINUOUS&failures=true&created=Week&ended=Today&sort=Total&descending=true",
            new JobsView
            {
                Status = JobStatus.IN_PROGRESS,
                Text = "a&b c",
                Selection = TargetSelection.CONTINUOUS,
                Failures = true,
                Created = JobsPeriod.Week,
                Ended = JobsPeriod.Today,
                Order = new(JobsSort.Total, true),
            }.Address);
    }

    [Fact]
    public void A_column_is_sorted_by_the_largest_first_names_and_statuses_from_the_beginning_and_a_second_press_turns_it_round()
    {
        Assert.Equal(new(JobsSort.Total, true), new JobsView().SortedBy(JobsSort.Total).Order);
        Assert.Equal(new(JobsSort.Total, false), new JobsView().SortedBy(JobsSort.Total).SortedBy(JobsSort.Total).Order);
        Assert.Equal(new(JobsSort.JobId, false), new JobsView().SortedBy(JobsSort.JobId).Order);
        Assert.Equal(new(JobsSort.Status, true), new JobsView().SortedBy(JobsSort.Status).Order);
    }

    [Theory]
    [InlineData(JobsPeriod.Any, null)]
    [InlineData(JobsPeriod.Hour, "2026-12-01T09:30:00Z")]
    [InlineData(JobsPeriod.Today, "2026-11-30T23:00:00Z")]
    [InlineData(JobsPeriod.Day, "2026-11-30T10:30:00Z")]
    [InlineData(JobsPeriod.Week, "2026-11-24T10:30:00Z")]
    [InlineData(JobsPeriod.Month, "2026-11-01T10:30:00Z")]
    public void A_period_begins_so_long_ago_or_at_the_viewers_midnight(JobsPeriod period, string? expected) => Assert.Equal(
        expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        period.From(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Fact]
    public void Today_begins_at_one_where_clocks_skip_midnight() => Assert.Equal(
        new DateTimeOffset(2018, 11, 4, 1, 0, 0, TimeSpan.FromHours(-2)),
        JobsPeriod.Today.From(new(2018, 11, 4, 15, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo")));

    [Fact]
    public void What_makes_no_sense_in_an_address_is_not_asked()
    {
        Assert.Null(JobsView.Parse<JobStatus>("NONSENSE"));
        Assert.Null(JobsView.Parse<JobStatus>("77"));
        Assert.Equal(JobStatus.CANCELED, JobsView.Parse<JobStatus>("canceled"));
    }
}
