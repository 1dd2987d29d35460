using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Tests.Live;

public sealed class PaintPaceTests
{
    private readonly PaintPace _pace = new();

    private void Paint(double milliseconds)
    {
        for (var i = 0; i < 1_000; i++)
        {
            _pace.Took(TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    [Fact]
    public void A_few_pages_paint_four_times_a_second()
    {
        Paint(3);

        Assert.Equal(TimeSpan.FromMilliseconds(250), _pace.IntervalFor(50, processors: 2));
    }

    [Theory]
    [InlineData(20, 50, 2, 1_000)]
    [InlineData(20, 50, 4, 500)]
    [InlineData(3, 200, 2, 2_400)]
    public void Slow_paints_together_take_half_of_the_machine_and_many_pages_less(double paint, int pages, int processors, double interval)
    {
        Paint(paint);

        Assert.Equal(interval, _pace.IntervalFor(pages, processors).TotalMilliseconds, 0.5);
    }

    [Fact]
    public void No_page_waits_for_more_than_four_seconds()
    {
        Paint(500);

        Assert.Equal(TimeSpan.FromSeconds(4), _pace.IntervalFor(200, processors: 2));
    }

    [Fact]
    public void One_slow_paint_changes_little()
    {
        Paint(1);
        _pace.Took(TimeSpan.FromMilliseconds(100));

        Assert.Equal(TimeSpan.FromMilliseconds(250), _pace.IntervalFor(50, processors: 2));
    }
}
