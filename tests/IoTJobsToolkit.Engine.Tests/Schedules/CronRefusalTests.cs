using IoTJobsToolkit.Engine.Schedules;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>What is no expression, and what the refusal says (jobs-reference 9.5, example 11).</summary>
public sealed class CronRefusalTests
{
    [Theory]
    // The reference's own list.
    [InlineData("cron(0 10 * * ?)", "six fields, Minutes Hours Day-of-month Month Day-of-week Year, not 5")]
    [InlineData("cron(0 10 * * * *)", "Day-of-week '*': exactly one of Day-of-month and Day-of-week must be ?, and Day-of-month is '*'")]
    [InlineData("cron(0 10 1 * MON *)", "Day-of-week 'MON': exactly one of")]
    [InlineData("cron(0 10 ? * 3#1,6#3 *)", "Day-of-week '3#1,6#3': a day with # must stand alone")]
    [InlineData("cron(60 10 * * ? *)", "Minutes '60': it must be a number from 0 to 59")]
    [InlineData("0 10 * * ? *", "it must begin with cron( and end with )")]
    // The frame.
    [InlineData("", "it must begin with cron(")]
    [InlineData("cron", "it must begin with cron(")]
    [InlineData("cron()", "not 0")]
    [InlineData("cron(0 10 * * ? *", "end with )")]
    [InlineData(" cron(0 10 * * ? *)", "begin with cron(")]
    [InlineData("cron(0 10 * * ? *) ", "end with )")]
    [InlineData("CRON(0 10 * * ? *)", "begin with cron(")]
    [InlineData("rate(5 minutes)", "begin with cron(")]
    [InlineData("cron(0 0 10 * * ? *)", "not 7")]
    [InlineData("cron(0\n10 * * ? *)", "not 5")]
    // The two fields of days.
    [InlineData("cron(0 10 ? * ? *)", "Day-of-week '?': exactly one of Day-of-month and Day-of-week must be ?, and here both are")]
    [InlineData("cron(0 10 ?,1 * ? *)", "Day-of-month '?'")]
    [InlineData("cron(0 10 ? * ?,1 *)", "Day-of-week '?'")]
    // Values out of range, or none.
    [InlineData("cron(-1 10 * * ? *)", "Minutes ''")]
    [InlineData("cron(+1 10 * * ? *)", "Minutes '+1'")]
    [InlineData("cron(1.5 10 * * ? *)", "Minutes '1.5'")]
    [InlineData("cron(? 10 * * ? *)", "Minutes '?'")]
    [InlineData("cron(L 10 * * ? *)", "Minutes 'L'")]
    [InlineData("cron(٣ 10 * * ? *)", "Minutes '٣'")]
    [InlineData("cron(99999999999 10 * * ? *)", "Minutes '99999999999'")]
    [InlineData("cron(0 24 * * ? *)", "Hours '24': it must be a number from 0 to 23")]
    [InlineData("cron(0 10W * * ? *)", "Hours '10W'")]
    [InlineData("cron(0 10 0 * ? *)", "Day-of-month '0': it must be a number from 1 to 31")]
    [InlineData("cron(0 10 32 * ? *)", "Day-of-month '32'")]
    [InlineData("cron(0 10 MON * ? *)", "Day-of-month 'MON'")]
    [InlineData("cron(0 10 1 0 ? *)", "Month '0': it must be a number from 1 to 12 or a name from JAN to DEC")]
    [InlineData("cron(0 10 1 13 ? *)", "Month '13'")]
    [InlineData("cron(0 10 1 JANUARY ? *)", "Month 'JANUARY'")]
    [InlineData("cron(0 10 1 ? * *)", "Month '?'")]
    [InlineData("cron(0 10 ? * 0 *)", "Day-of-week '0': it must be a number from 1 to 7 or a name from SUN to SAT")]
    [InlineData("cron(0 10 ? * 8 *)", "Day-of-week '8'")]
    [InlineData("cron(0 10 ? * JAN *)", "Day-of-week 'JAN'")]
    [InlineData("cron(0 10 * * ? 1969)", "Year '1969': it must be a number from 1970 to 2199")]
    [InlineData("cron(0 10 * * ? 2200)", "Year '2200'")]
    [InlineData("cron(0 10 * * ? 26)", "Year '26'")]
    [InlineData("cron(0 10 * * ? ?)", "Year '?'")]
    // Lists, ranges, steps.
    [InlineData("cron(1,,2 10 * * ? *)", "Minutes ''")]
    [InlineData("cron(,1 10 * * ? *)", "Minutes ''")]
    [InlineData("cron(1, 10 * * ? *)", "Minutes ''")]
    [InlineData("cron(1-2-3 10 * * ? *)", "Minutes '2-3'")]
    [InlineData("cron(*-5 10 * * ? *)", "Minutes '*'")]
    [InlineData("cron(5-* 10 * * ? *)", "Minutes '*'")]
    [InlineData("cron(5-60 10 * * ? *)", "Minutes '60'")]
    [InlineData("cron(0/0 10 * * ? *)", "Minutes '0/0': the step after / must be a number from 1 to 59")]
    [InlineData("cron(0/60 10 * * ? *)", "Minutes '0/60': the step")]
    [InlineData("cron(0/ 10 * * ? *)", "Minutes '0/': the step")]
    [InlineData("cron(/5 10 * * ? *)", "Minutes ''")]
    [InlineData("cron(0/5/5 10 * * ? *)", "Minutes '0/5/5': the step")]
    [InlineData("cron(0/* 10 * * ? *)", "Minutes '0/*': the step")]
    [InlineData("cron(0 */24 * * ? *)", "Hours '*/24': the step after / must be a number from 1 to 23")]
    [InlineData("cron(0 10 1/32 * ? *)", "Day-of-month '1/32': the step after / must be a number from 1 to 31")]
    [InlineData("cron(0 10 1 1/FEB ? *)", "Month '1/FEB': the step after / must be a number from 1 to 12")]
    [InlineData("cron(0 10 ? * 2/2 *)", "Day-of-week '2/2': this field takes no step after /")]
    [InlineData("cron(0 10 * * ? 2030-2020)", "Year '2030-2020': the range must not run backwards")]
    [InlineData("cron(0 10 * * ? 2020/230)", "Year '2020/230': the step after / must be a number from 1 to 229")]
    // L, W and #.
    [InlineData("cron(0 10 W * ? *)", "Day-of-month ''")]
    [InlineData("cron(0 10 WL * ? *)", "Day-of-month 'WL'")]
    [InlineData("cron(0 10 0W * ? *)", "Day-of-month '0'")]
    [InlineData("cron(0 10 1-5W * ? *)", "Day-of-month '1-5'")]
    [InlineData("cron(0 10 L-3 * ? *)", "Day-of-month 'L'")]
    [InlineData("cron(0 10 15L * ? *)", "Day-of-month '15L'")]
    [InlineData("cron(0 10 3#2 * ? *)", "Day-of-month '3#2'")]
    [InlineData("cron(0 10 ? * 3W *)", "Day-of-week '3W'")]
    [InlineData("cron(0 10 ? * LL *)", "Day-of-week 'L'")]
    [InlineData("cron(0 10 ? * 2-6L *)", "Day-of-week '2-6'")]
    [InlineData("cron(0 10 ? * MON,3#2 *)", "Day-of-week 'MON,3#2': a day with # must stand alone")]
    [InlineData("cron(0 10 ? * 3#2#1 *)", "Day-of-week '3#2#1': a day with # must stand alone")]
    [InlineData("cron(0 10 ? * 3#0 *)", "Day-of-week '3#0': the number after # must be from 1 to 5")]
    [InlineData("cron(0 10 ? * 3#6 *)", "Day-of-week '3#6'")]
    [InlineData("cron(0 10 ? * # *)", "Day-of-week '#'")]
    [InlineData("cron(0 10 ? * #2 *)", "Day-of-week ''")]
    [InlineData("cron(0 10 ? * 8#2 *)", "Day-of-week '8'")]
    public void A_text_that_is_no_expression_is_refused_with_field_value_and_rule(string text, string message)
    {
        var refusal = Assert.Throws<FormatException>(() => CronExpression.Parse(text));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(11);
        const string alphabet = "0123456789,-*/?LW# \tMONFRIJAcron()é\0";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems<char>(alphabet, random.Next(40)));
            text = i % 2 == 0 ? $"cron({text})" : text;
            try
            {
                CronExpression.Parse(text).NextAtOrAfter(DateTimeOffset.UnixEpoch);
            }
            catch (FormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }
}
