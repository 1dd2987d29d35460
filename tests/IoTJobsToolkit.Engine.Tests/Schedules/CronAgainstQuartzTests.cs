using IoTJobsToolkit.Engine.Schedules;
using QuartzExpression = Quartz.CronExpression;

namespace IoTJobsToolkit.Engine.Tests.Schedules;

/// <summary>
/// Expressions made by chance fire when Quartz says so; what is <c>m h d M w y</c> here is <c>0 m h d M w y</c> there. These forms are
/// left out, because Quartz reads them otherwise than they are written:
/// <list type="bullet">
/// <item>a name with a step (<c>JUL/3</c> is July alone there) and a range from a name to a number (refused there);</item>
/// <item><c>29W</c> to <c>31W</c>, which there mean the last day of a shorter month and here none;</item>
/// <item><c>L</c>, <c>W</c> and <c>6L</c> within a list, and what lies beyond the hundred years which Quartz looks ahead.</item>
/// </list>
/// </summary>
public sealed class CronAgainstQuartzTests
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Horizon = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Expressions_made_by_chance_fire_as_Quartz_says()
    {
        var random = new Random(2026);
        var fired = 0;
        for (var i = 0; i < 8_000; i++)
        {
            var expression = new CronFields(random).Expression();
            var quartz = new QuartzExpression("0 " + expression, TimeZoneInfo.Utc);
            var cron = CronExpression.Parse($"cron({expression})");
            DateTimeOffset? time = First.AddMinutes(random.Next(20 * 365 * 1440));
            for (var firing = 0; firing < 4 && time is not null; firing++)
            {
                var expected = BeforeHorizon(quartz.GetNextValidTimeAfter(time.Value.AddTicks(-1)));
                var actual = BeforeHorizon(cron.NextAtOrAfter(time.Value));
                Assert.True(expected == actual, $"{expression} at {time:O}: Quartz {expected:O}, here {actual:O}");
                fired += actual is null ? 0 : 1;
                time = actual?.AddMinutes(1);
            }
        }
        Assert.True(fired > 20_000, $"only {fired} firings were compared");
    }

    private static DateTimeOffset? BeforeHorizon(DateTimeOffset? time) => time < Horizon ? time : null;
}

/// <summary>Makes the six fields of an expression, every form of each.</summary>
internal sealed class CronFields(Random random)
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public string Expression()
    {
        var (dayOfMonth, dayOfWeek) = random.Next(2) == 0 ? (DayOfMonth(), "?") : ("?", DayOfWeek());
        return $"{List(0, 59)} {List(0, 23)} {dayOfMonth} {List(1, 12, Months)} {dayOfWeek} {Year()}";
    }

    private string DayOfMonth() => random.Next(6) switch
    {
        0 => "L",
        1 => "LW",
        2 => $"{random.Next(1, 29)}W",
        _ => List(1, 31),
    };

    private string DayOfWeek() => random.Next(6) switch
    {
        0 => "L",
        1 => $"{random.Next(1, 8)}L",
        2 => $"{Name(Days)}#{random.Next(1, 6)}",
        3 => $"{random.Next(1, 8)}#{random.Next(1, 6)}",
        _ => List(1, 7, Days, steps: false),
    };

    private string Year() => random.Next(4) switch
    {
        0 => $"{random.Next(2026, 2060)}",
        1 => $"{random.Next(2026, 2040)}-{random.Next(2040, 2080)}",
        2 => $"{random.Next(2026, 2040)}/{random.Next(1, 20)}",
        _ => "*",
    };

    private string List(int min, int max, string[]? names = null, bool steps = true)
    {
        var length = random.Next(3) == 0 ? random.Next(2, 4) : 1;
        return string.Join(',', Enumerable.Range(0, length).Select(_ => Item(min, max, names, steps)));
    }

    private string Item(int min, int max, string[]? names, bool steps)
    {
        if (names is not null && random.Next(2) == 0)
        {
            return random.Next(2) == 0 ? Name(names) : $"{Name(names)}-{Name(names)}";
        }
        var (from, to, step) = (random.Next(min, max + 1), random.Next(min, max + 1), random.Next(1, max + 1));
        return random.Next(steps ? 7 : 4) switch
        {
            0 => "*",
            1 or 2 => $"{from}",
            3 => $"{from}-{to}",
            4 => $"*/{step}",
            5 => $"{from}/{step}",
            _ => $"{from}-{to}/{step}",
        };
    }

    private string Name(string[] names)
    {
        var name = names[random.Next(names.Length)];
        return random.Next(3) == 0 ? string.Concat(name.Select(char.ToLowerInvariant)) : name;
    }
}
