using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Synthetic bike sharing: hourly counts over two years with the columns of <c>hour.csv</c>, computed, not collected, for machines without
/// <see cref="BikeSharing"/>. Two kinds of riders, commuters with their peaks on working days and others with theirs on warm afternoons, times growth
/// from year to year, temperature, rain and wind, and noise. Few ride on holidays, and few around Thanksgiving and Christmas, which the calendar's
/// columns do not show: a network fails there as it does on the real data.
/// </summary>
/// <remarks>
/// All that it is computed from is addition, multiplication, division and square root, which IEEE 754 rounds in one way only: a seed gives the same
/// table on every machine.
/// </remarks>
public static class SyntheticBike
{
    private const int Days = 731;

    private static readonly DateTime FirstDay = new(2011, 1, 1);

    /// <summary>Riders an hour of a fair day of middling warmth in the first year, by the hour of the day.</summary>
    private static readonly double[] CommutersAtWork =
        [22, 10, 5, 3, 4, 18, 75, 215, 345, 165, 80, 92, 120, 118, 106, 118, 188, 355, 335, 230, 165, 122, 90, 56];

    private static readonly double[] CommutersAtRest =
        [56, 44, 32, 15, 5, 5, 11, 27, 64, 97, 134, 158, 181, 179, 171, 168, 170, 161, 148, 125, 97, 80, 66, 50];

    private static readonly double[] OthersAtWork =
        [6, 4, 2, 1, 1, 1, 4, 11, 20, 23, 30, 36, 39, 41, 44, 44, 46, 54, 48, 39, 30, 24, 19, 13];

    private static readonly double[] OthersAtRest =
        [17, 13, 10, 6, 3, 2, 4, 10, 21, 46, 80, 108, 127, 138, 142, 139, 131, 113, 86, 67, 48, 37, 29, 20];

    /// <summary>Washington's public holidays, by month and day.</summary>
    private static readonly HashSet<(int Year, int Month, int Day)> Holidays =
    [
        (2011, 1, 17), (2011, 2, 21), (2011, 4, 15), (2011, 5, 30), (2011, 7, 4), (2011, 9, 5), (2011, 10, 10), (2011, 11, 11), (2011, 11, 24), (2011, 12, 26),
        (2012, 1, 2), (2012, 1, 16), (2012, 2, 20), (2012, 4, 16), (2012, 5, 28), (2012, 7, 4), (2012, 9, 3), (2012, 10, 8), (2012, 11, 12), (2012, 11, 22), (2012, 12, 25),
    ];

    private static readonly string[] ColumnNames =
        ["season", "yr", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed", "casual", "registered", "cnt"];

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new GeneratedEntry
    {
        Name = "synthetic-bike",
        Description = "Synthetic bike sharing, hourly counts over two years from a seeded model of hour, working day, season and weather; no real rentals.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = 15543,
        TestCount = 504,
        Classes = [],
        Generate = Load,
    };

    /// <summary>Computes the data set: inputs [n, 56], standardised counts [n, 1]; parts and inputs are those of <see cref="BikeSharing"/>.</summary>
    /// <param name="seed">The seed of weather and noise.</param>
    public static DatasetSplits Load(ulong seed = SyntheticDigits.DefaultSeed) =>
        BikeSharing.Split(Generate(seed), Entry, $"{Entry.Description} Seed {seed}.");

    /// <summary>Computes the table, with the columns that <see cref="BikeSharing"/> reads. As there, an hour without a rental has no row.</summary>
    /// <param name="seed">The seed of weather and noise.</param>
    public static CsvTable Generate(ulong seed = SyntheticDigits.DefaultSeed)
    {
        var random = new CounterRandom(seed, 0);
        var dates = new List<DateTime>();
        List<double>[] columns = [.. ColumnNames.Select(_ => new List<double>())];
        var weather = new Weather();
        for (int day = 0; day < Days; day++)
        {
            DateTime date = FirstDay.AddDays(day);
            weather.NextDay(date, random);
            bool holiday = Holidays.Contains((date.Year, date.Month, date.Day));
            bool working = !holiday && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            double mood = 1 + (0.1 * Bell(random));
            for (int hour = 0; hour < 24; hour++)
            {
                weather.NextHour(hour, random);
                (double casual, double registered) = Riders(date, hour, working, weather, mood, random);
                if (casual + registered == 0)
                {
                    continue;
                }

                dates.Add(date);
                double[] row =
                [
                    SeasonOf(date), date.Year - 2011, date.Month, hour, holiday ? 1 : 0, (int)date.DayOfWeek, working ? 1 : 0, weather.Situation,
                    weather.Temperature, weather.FeltTemperature, weather.Humidity, weather.WindSpeed, casual, registered, casual + registered,
                ];
                for (int i = 0; i < row.Length; i++)
                {
                    columns[i].Add(row[i]);
                }
            }
        }

        var table = new CsvTable(Entry.Name, [TableColumn.OfDates("dteday", [.. dates])], null);
        for (int i = 0; i < columns.Length; i++)
        {
            table = table.With(TableColumn.OfNumbers(ColumnNames[i], [.. columns[i]]));
        }

        return table;
    }

    private static (double Casual, double Registered) Riders(DateTime date, int hour, bool working, Weather weather, double mood, CounterRandom random)
    {
        double warmth = Math.Clamp((weather.Temperature - 0.05) / 0.6, 0, 1);
        double heat = Math.Max(0, weather.Temperature - 0.8);
        double growth = 1 + (0.75 * (date - FirstDay).Days / Days);
        double away = IsAway(date) ? 0.45 : 1;
        double wind = 1 - (0.4 * weather.WindSpeed);
        double dry = weather.Situation switch { 1 => 1, 2 => 0.92, 3 => 0.55, _ => 0.3 };
        double damp = 1 - (0.45 * Math.Max(0, weather.Humidity - 0.5));
        double all = growth * mood * wind * damp * away;
        double registered = all * (0.55 + (0.75 * warmth) - heat) * dry * (working ? CommutersAtWork : CommutersAtRest)[hour];
        double casual = all * (0.12 + (1.25 * warmth) - heat) * dry * dry * (working ? OthersAtWork : OthersAtRest)[hour];
        return (Count(casual, random), Count(registered, random));
    }

    /// <summary>A whole number near the mean: its spread is that of arrivals, √mean, and of what no column knows, a tenth of the mean.</summary>
    private static double Count(double mean, CounterRandom random) =>
        Math.Floor(Math.Max(0, mean + (Math.Sqrt(mean + (0.01 * mean * mean)) * Bell(random)) + 0.5));

    /// <summary>Days on which people are away though the calendar says nothing of it.</summary>
    private static bool IsAway(DateTime date) => (date.Month, date.Day) switch
    {
        (12, >= 22) => true,
        (1, <= 2) => true,
        (11, >= 22 and <= 25) => date.DayOfWeek is DayOfWeek.Thursday or DayOfWeek.Friday or DayOfWeek.Saturday,
        _ => false,
    };

    /// <summary>1 winter, 2 spring, 3 summer, 4 autumn, from the 21st (in autumn the 23rd).</summary>
    private static int SeasonOf(DateTime date) => ((date.Month * 100) + date.Day) switch
    {
        < 321 => 1,
        < 621 => 2,
        < 923 => 3,
        < 1221 => 4,
        _ => 1,
    };

    /// <summary>About standard normal: twelve uniform numbers added, less their mean.</summary>
    private static double Bell(CounterRandom random)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextSingle();
        }

        return sum;
    }

    /// <summary>A wave of period 1 from -1 at 0 to 1 at 0.5 and back, made of two of Hermite's steps.</summary>
    private static double Wave(double phase)
    {
        phase -= Math.Floor(phase);
        double t = phase < 0.5 ? 2 * phase : 2 - (2 * phase);
        return (2 * t * t * (3 - (2 * t))) - 1;
    }

    /// <summary>The weather of an hour; days and hours are like those before them.</summary>
    private sealed class Weather
    {
        private double _dayTemperature;
        private double _dayAnomaly;
        private double _wetness;
        private double _gust;

        /// <summary>1 clear, 2 cloudy, 3 light rain or snow, 4 storm.</summary>
        public int Situation { get; private set; }

        /// <summary>Degrees Celsius / 41.</summary>
        public double Temperature { get; private set; }

        /// <summary>Felt degrees Celsius / 50.</summary>
        public double FeltTemperature { get; private set; }

        /// <summary>Percent / 100.</summary>
        public double Humidity { get; private set; }

        /// <summary>Kilometres an hour / 67.</summary>
        public double WindSpeed { get; private set; }

        public void NextDay(DateTime date, CounterRandom random)
        {
            // The coldest day is about the 20th of January.
            _dayAnomaly = (0.7 * _dayAnomaly) + (0.055 * Bell(random));
            _dayTemperature = 0.5 + (0.25 * Wave((date.DayOfYear - 20) / 365.25)) + _dayAnomaly;
        }

        public void NextHour(int hour, CounterRandom random)
        {
            _wetness = (0.93 * _wetness) + (0.37 * Bell(random));
            _gust = (0.8 * _gust) + (0.6 * Bell(random));
            Situation = _wetness switch { < 0.45 => 1, < 1.4 => 2, < 3.4 => 3, _ => 4 };

            // The coldest hour is four, the warmest four in the afternoon.
            double day = Wave((hour - 4) / 24.0);
            Temperature = Round(_dayTemperature + (0.07 * day) - (Situation >= 3 ? 0.04 : 0), 0.02, 1, 0.02);
            Humidity = Round(0.62 - (0.13 * day) + (0.13 * _wetness), 0.15, 1, 0.01);
            WindSpeed = Round(0.19 + (0.1 * _gust) + (0.02 * day), 0, 0.85, 0.0149);
            FeltTemperature = Round((0.87 * Temperature) + 0.04 - (0.06 * WindSpeed) + (0.05 * (Humidity - 0.5)), 0, 1, 0.0152);
        }

        private static double Round(double value, double low, double high, double step) =>
            Math.Floor((Math.Clamp(value, low, high) / step) + 0.5) * step;
    }
}
