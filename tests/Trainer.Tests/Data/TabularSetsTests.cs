using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class TabularSetsTests
{
    private static string? Folder => Environment.GetEnvironmentVariable("TOOLKIT_DATA");

    [DataFact("bike-sharing")]
    public void Bike_sharing_is_prepared_as_in_the_published_project()
    {
        DatasetSplits bike = BikeSharing.Load(Folder, offline: true);
        Assert.Equal(17379, bike.Table!.RowCount);
        Assert.Equal((15435, 1440, 504), (bike.Train.Count, bike.Validation!.Count, bike.Test.Count));
        Assert.Equal([15435, 56], bike.Train.X.Shape);
        Assert.Equal([15435, 1], bike.Train.Y.Shape);
        Assert.Equal(Enumerable.Range(0, 17379), [.. bike.TrainRows, .. bike.ValidationRows, .. bike.TestRows]);
        Assert.Equal(BikeSharing.Entry.TrainCount, bike.Train.Count);

        // Mean and sample standard deviation of all rows but the last 504, computed apart from this library.
        Assert.Equal(190.90536296296295, bike.TargetMean, 9);
        Assert.Equal(182.102064832871, bike.TargetStd, 9);
        Assert.Equal(0.5029605925925926, bike.Features!.ScalerOf("temp").Offsets[0], 12);
        Assert.Equal(0.19186811862148745, bike.Features.ScalerOf("temp").Scales[0], 12);
        Assert.Equal(0.19363630108635863, bike.Features.ScalerOf("hum").Scales[0], 12);
        Assert.Equal(0.1217646381836817, bike.Features.ScalerOf("windspeed").Scales[0], 12);

        // The first row: 1 January 2011, a Saturday in winter, 0 o'clock, clear, temperature 0.24, humidity 0.81, no wind, 16 bikes.
        float[] first = bike.Train.Take(1).X.ToArray();
        Assert.Equal([0, 0], first[..2]);
        Assert.Equal([(0.24 - 0.5029605925925926) / 0.19186811862148745, (0.81 - 0.6266962962962963) / 0.19363630108635863, -0.18975890962962963 / 0.1217646381836817], first[2..5].Select(value => (double)value), Near);
        Assert.Equal(["season_1", "weathersit_1", "mnth_1", "hr_0", "weekday_6"], bike.FeatureNames.Where((_, i) => i >= 5 && first[i] == 1));
        Assert.Equal((16 - 190.90536296296295) / 182.102064832871, bike.Train.Y.Span[0], 6);
        Assert.Equal(49, (bike.Test.Y.Span[^1] * bike.TargetStd) + bike.TargetMean, 4);
        Assert.Equal(new DateTime(2012, 12, 10), bike.Table.Dates("dteday")[bike.TestRows[0]]);
        Assert.Equal(new DateTime(2012, 10, 10), bike.Table.Dates("dteday")[bike.ValidationRows[0]]);
    }

    [Fact]
    public void The_inputs_of_bike_sharing_are_the_56_of_the_published_project_in_its_order()
    {
        DatasetSplits bike = SyntheticBike.Load();
        string[] expected =
        [
            "yr", "holiday", "temp", "hum", "windspeed",
            .. Enumerable.Range(1, 4).Select(i => $"season_{i}"),
            .. Enumerable.Range(1, 4).Select(i => $"weathersit_{i}"),
            .. Enumerable.Range(1, 12).Select(i => $"mnth_{i}"),
            .. Enumerable.Range(0, 24).Select(i => $"hr_{i}"),
            .. Enumerable.Range(0, 7).Select(i => $"weekday_{i}"),
        ];
        Assert.Equal(56, expected.Length);
        Assert.Equal(expected, bike.FeatureNames);
        Assert.Equal(expected, TableFeatures.Parse(bike.InputNormalization).FeatureNames);
        foreach (Dataset part in (Dataset[])[bike.Train, bike.Validation!, bike.Test])
        {
            Assert.All(Enumerable.Range(0, part.Count), row => Assert.Equal(5, part.X.Span.Slice((row * 56) + 5, 51).ToArray().Sum()));
        }

        float[] known = [.. bike.Train.Y.ToArray(), .. bike.Validation!.Y.ToArray()];
        Assert.Equal(0, known.Average(value => (double)value), 5);
        Assert.Equal(1, known.Sum(value => (double)value * value) / (known.Length - 1), 4);
    }

    [Fact]
    public void Synthetic_bike_has_what_the_real_one_teaches()
    {
        CsvTable table = SyntheticBike.Generate();
        double[] count = table.Numbers("cnt").ToArray();
        double[] hour = table.Numbers("hr").ToArray();
        double[] working = table.Numbers("workingday").ToArray();
        double Mean(Func<int, bool> which) => Enumerable.Range(0, count.Length).Where(which).Average(i => count[i]);

        // Rush hours on working days, afternoons on the others, growth, season, weather, and holidays that look like working days but are not.
        Assert.True(Mean(i => hour[i] == 8 && working[i] == 1) > 3 * Mean(i => hour[i] == 8 && working[i] == 0));
        Assert.True(Mean(i => hour[i] == 14 && working[i] == 0) > 1.3 * Mean(i => hour[i] == 14 && working[i] == 1));
        double[] year = table.Numbers("yr").ToArray();
        Assert.True(Mean(i => year[i] == 1) > 1.2 * Mean(i => year[i] == 0));
        double[] season = table.Numbers("season").ToArray();
        Assert.True(Mean(i => season[i] == 3) > 1.5 * Mean(i => season[i] == 1));
        double[] weather = table.Numbers("weathersit").ToArray();
        Assert.True(Mean(i => weather[i] == 1) > 1.5 * Mean(i => weather[i] == 3));
        double[] holiday = table.Numbers("holiday").ToArray();
        Assert.Equal(21, Enumerable.Range(0, count.Length).Where(i => holiday[i] == 1).Select(i => table.Dates("dteday")[i]).Distinct().Count());
        Assert.All(Enumerable.Range(0, count.Length).Where(i => holiday[i] == 1), i => Assert.Equal(0, working[i]));

        double[] casual = table.Numbers("casual").ToArray();
        double[] registered = table.Numbers("registered").ToArray();
        Assert.All(Enumerable.Range(0, count.Length), i => Assert.True(count[i] > 0 && count[i] == casual[i] + registered[i]));
        Assert.Equal(new DateTime(2011, 1, 1), table.Dates("dteday")[0]);
        Assert.Equal(new DateTime(2012, 12, 31), table.Dates("dteday")[^1]);
        foreach (string column in (string[])["temp", "atemp", "hum", "windspeed"])
        {
            Assert.All(table.Numbers(column).ToArray(), value => Assert.InRange(value, 0, 1));
        }
    }

    [DataFact("tabular")]
    public void Pima_is_split_by_class_and_standardised_on_the_training_part()
    {
        DatasetSplits pima = PimaDiabetes.Load(Folder, offline: true);
        Assert.Equal(768, pima.Table!.RowCount);
        Assert.Equal((614, 154), (pima.Train.Count, pima.Test.Count));
        Assert.Equal(214, pima.Train.Y.ToArray().Sum());
        Assert.Equal(54, pima.Test.Y.ToArray().Sum());

        // Published: glucose 120.9 with deviation 32.0, body mass index 32.0 and 7.9.
        Standardizer glucose = Standardizer.Fit(pima.Table.Numbers("glucose"), ddof: 1);
        Assert.Equal(120.9, glucose.Means[0], 1);
        Assert.Equal(32.0, glucose.StandardDeviations[0], 1);
        Standardizer mass = Standardizer.Fit(pima.Table.Numbers("bmi"), ddof: 1);
        Assert.Equal(32.0, mass.Means[0], 1);
        Assert.Equal(7.9, mass.StandardDeviations[0], 1);
        AssertStandardised(pima.Train.X);
        Assert.Equal(pima.Table.Numbers("age")[pima.TestRows[3]], pima.Features!.InverseTransform("age", pima.Test.X.Span[(3 * 8) + 7]), 4);
    }

    [DataFact("tabular")]
    public void Iris_wine_and_breast_cancer_load_with_their_published_counts()
    {
        DatasetSplits iris = Iris.Load(Folder, offline: true);
        Assert.Equal([10f, 10, 10], Counts(iris.Test.Y, 3));
        Assert.Equal(5.8433, Standardizer.Fit(iris.Table!.Numbers("sepal_length"), ddof: 1).Means[0], 4);
        Assert.Equal(0.8281, Standardizer.Fit(iris.Table.Numbers("sepal_length"), ddof: 1).StandardDeviations[0], 4);
        AssertStandardised(iris.Train.X);

        DatasetSplits wine = Wine.Load(Folder, offline: true);
        Assert.Equal([59f, 71, 48], Counts(ClassTable.Targets(wine.Table!, Wine.ClassColumn), 3));
        Assert.Equal(13, wine.FeatureNames.Count);
        AssertStandardised(wine.Train.X);

        DatasetSplits cancer = BreastCancerWisconsin.Load(Folder, offline: true);
        Assert.Equal([444f, 239], Counts(ClassTable.Targets(cancer.Table!, BreastCancerWisconsin.ClassColumn), 2));
        Assert.Equal(9, cancer.FeatureNames.Count);
        AssertStandardised(cancer.Train.X);
        foreach (DatasetSplits data in (DatasetSplits[])[iris, wine, cancer])
        {
            DatasetEntry entry = DatasetCatalog.Get(data.Name);
            Assert.Equal((entry.TrainCount, entry.TestCount), (data.Train.Count, data.Test.Count));
        }
    }

    [Fact]
    public void Synthetic_pima_looks_like_the_real_one()
    {
        DatasetSplits pima = SyntheticPima.Load();
        Assert.Equal(768, pima.Table!.RowCount);
        Assert.InRange(PimaDiabetes.Targets(pima.Table).ToArray().Sum(), 240, 300);
        AssertStandardised(pima.Train.X);
        (string Column, double Mean, double Deviation)[] published =
            [("pregnancies", 3.8, 3.4), ("glucose", 120.9, 32), ("blood_pressure", 69.1, 19.4), ("skin_thickness", 20.5, 16), ("bmi", 32, 7.9), ("pedigree", 0.47, 0.33), ("age", 33.2, 11.8)];
        foreach ((string column, double mean, double deviation) in published)
        {
            Standardizer scaler = Standardizer.Fit(pima.Table.Numbers(column), ddof: 1);
            Assert.InRange(scaler.Means[0], 0.8 * mean, 1.25 * mean);
            Assert.InRange(scaler.StandardDeviations[0], 0.6 * deviation, 1.25 * deviation);
        }
    }

    [Fact]
    public void A_fold_is_standardised_on_its_own_training_part()
    {
        CsvTable table = SyntheticPima.Generate();
        IReadOnlyList<(int[] Train, int[] Test)> folds = Splits.StratifiedKFold(PimaDiabetes.Targets(table), 10, seed: 1);
        (Dataset train, Dataset test) = PimaDiabetes.Fold(table, folds[0].Train, folds[0].Test);
        AssertStandardised(train.X);
        Assert.Equal(768, train.Count + test.Count);
        Assert.Equal(PimaDiabetes.Targets(table.Select(folds[0].Test)).ToArray(), test.Y.ToArray());
    }

    private static IEqualityComparer<double> Near { get; } = EqualityComparer<double>.Create((x, y) => Math.Abs(x - y) < 1e-6, _ => 0);

    private static void AssertStandardised(Tensor<float> x)
    {
        int columns = x.Shape[1];
        for (int column = 0; column < columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, x.Shape[0]).Select(row => (double)x.Span[(row * columns) + column])];
            Assert.Equal(0, values.Average(), 5);
            Assert.Equal(1, values.Average(value => value * value), 4);
        }
    }

    private static float[] Counts(Tensor<float> classes, int count)
    {
        var counts = new float[count];
        foreach (float index in classes.Span)
        {
            counts[(int)index]++;
        }

        return counts;
    }
}
