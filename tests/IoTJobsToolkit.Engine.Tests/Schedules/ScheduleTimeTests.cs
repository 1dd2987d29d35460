using System.Globalization;
using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>The text of a start or end (jobs-reference 9.1, OPEN-40).</summary>
public sealed class ScheduleTimeTests
{
    [Theory]
    [InlineData("2026-12-01T10:30", "2026-12-01T10:30:00.0000000")]
    [InlineData("2026-12-01 10:30", "2026-12-01T10:30:00.0000000")]
    [InlineData("2026-12-01T10:30Z", "2026-12-01T10:30:00.0000000")]
    [InlineData("2026-12-01 10:30Z", "2026-12-01T10:30:00.0000000")]
    [InlineData("2026-12-01T10:30:59", "2026-12-01T10:30:59.0000000")]
    [InlineData("2026-12-01T10:30:59Z", "2026-12-01T10:30:59.0000000")]
    [InlineData("2026-12-01T10:30:59.1", "2026-12-01T10:30:59.1000000")]
    [InlineData("2026-12-01T10:30:59.1234567Z", "2026-12-01T10:30:59.1234567")]
    [InlineData("2026-12-01T12:00+01:00", "2026-12-01T11:00:00.0000000")]
    [InlineData("2026-12-01 12:00-01:30", "2026-12-01T13:30:00.0000000")]
    [InlineData("2026-12-01T12:00:01.5+14:00", "2026-11-30T22:00:01.5000000")]
    [InlineData("2026-12-01T12:00-14:00", "2026-12-02T02:00:00.0000000")]
    [InlineData("2026-12-01T12:00-00:00", "2026-12-01T12:00:00.0000000")]
    [InlineData("2028-02-29T00:00", "2028-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    public void A_time_is_read_as_UTC_or_with_its_zone(string text, string utc)
    {
        Assert.True(ScheduleTime.TryParse(text, out var time));
        Assert.Equal((utc, TimeSpan.Zero), (time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture), time.Offset));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("Z")]
    [InlineData("2026-12-01")]
    [InlineData("2026-12-01Z")]
    [InlineData("2026-12-01T10")]
    [InlineData("2026-12-01T1030")]
    [InlineData("2026-12-01t10:30")]
    [InlineData("2026-12-01T10:30z")]
    [InlineData("2026-12-01  10:30")]
    [InlineData(" 2026-12-01T10:30")]
    [InlineData("2026-12-01T10:30 ")]
    [InlineData("2026-12-01T10:30\0")]
    [InlineData("2026-12-01T10:30 Z")]
    [InlineData("2026-12-01T10:30ZZ")]
    [InlineData("2026-12-01T10:30:")]
    [InlineData("2026-12-01T10:30:5")]
    [InlineData("2026-12-01T10:30:59.")]
    [InlineData("2026-12-01T10:30:59.Z")]
    [InlineData("2026-12-01T10:30:59,5")]
    [InlineData("2026-12-01T10:30:59.12345678")]
    [InlineData("2026-12-01T10:30:60")]
    [InlineData("2026-12-01T10:60")]
    [InlineData("2026-12-01T24:00")]
    [InlineData("2026-13-01T10:30")]
    [InlineData("2027-02-29T10:30")]
    [InlineData("2026-12-1T10:30")]
    [InlineData("26-12-01T10:30")]
    [InlineData("2026/12/01 10:30")]
    [InlineData("12/01/2026 10:30")]
    [InlineData("2026-12-01T10:30+1:00")]
    [InlineData("2026-12-01T10:30+01")]
    [InlineData("2026-12-01T10:30+0100")]
    [InlineData("2026-12-01T10:30+01:60")]
    [InlineData("2026-12-01T10:30+14:01")]
    [InlineData("2026-12-01T10:30+01:00Z")]
    [InlineData("2026-12-01T10:30+-1:00")]
    [InlineData("2026-12-01+01:00")]
    [InlineData("2026-12-01T10:30:59 PM")]
    [InlineData("٢٠٢٦-12-01T10:30")]
    [InlineData("0001-01-01T00:00+00:01")]
    [InlineData("9999-12-31T23:59-00:01")]
    [InlineData("1796119345")]
    public void Anything_else_is_no_time(string? text) => Assert.False(ScheduleTime.TryParse(text, out _));
}
