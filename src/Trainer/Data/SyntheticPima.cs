using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Synthetic diabetes data: the eight columns of <see cref="PimaDiabetes"/> for 768 invented women, for machines without the real ones.
/// Measurements are drawn around means that grow with age and body mass as in the real data, glucose and insulin go together, and the class is drawn
/// from a logistic model of glucose, body mass, pedigree, age and pregnancies.
/// </summary>
public static class SyntheticPima
{
    private const int Rows = 768;

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new GeneratedEntry
    {
        Name = "synthetic-pima",
        Description = "Synthetic diabetes data, eight measurements and a class from a seeded logistic model; no real people.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = 614,
        TestCount = 154,
        Classes = ["no diabetes", "diabetes"],
        Generate = Load,
    };

    /// <summary>Computes the data set: standardised measurements [n, 8], class indices [n]; a stratified fifth is the test part.</summary>
    /// <param name="seed">The seed of the measurements and the classes.</param>
    public static DatasetSplits Load(ulong seed = SyntheticDigits.DefaultSeed) =>
        PimaDiabetes.Split(Generate(seed), Entry, $"{Entry.Description} Seed {seed}.");

    /// <summary>Computes the table, with the columns of <see cref="PimaDiabetes"/>.</summary>
    /// <param name="seed">The seed of the measurements and the classes.</param>
    public static CsvTable Generate(ulong seed = SyntheticDigits.DefaultSeed)
    {
        var random = new CounterRandom(seed, 0);
        IReadOnlyList<string> names = PimaDiabetes.InputColumns;
        double[][] columns = [.. names.Select(_ => new double[Rows])];
        var classes = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double[] woman = Draw(random, out double logit);
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column][row] = woman[column];
            }

            classes[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        CsvTable table = CsvTable.FromNumbers(Entry.Name, [.. names.Zip(columns)]);
        return table.With(TableColumn.OfCategories(PimaDiabetes.ClassColumn, classes, ["0", "1"]));
    }

    private static double[] Draw(CounterRandom random, out double logit)
    {
        // Young women are many: the square of a uniform number is mostly small.
        double youth = random.NextDouble();
        double age = Math.Floor(21 + (45 * youth * youth) + (3 * random.NextDouble()));
        double pregnancies = Whole((0.13 * (age - 18)) + (2.2 * random.NextNormal()) + 0.8, 0, 15);
        double bmi = Between(32.4 + (6.8 * random.NextNormal()), 18.2, 60);
        double glucose = Whole(119 + (0.35 * (age - 33)) + (0.7 * (bmi - 32)) + (29 * random.NextNormal()), 56, 199);
        double pressure = Whole(71 + (0.35 * (age - 33)) + (0.4 * (bmi - 32)) + (11 * random.NextNormal()), 38, 114);
        double skin = Whole(28 + (0.8 * (bmi - 32)) + (8 * random.NextNormal()), 7, 60);
        double insulin = Whole(145 + (2.1 * (glucose - 120)) + (70 * random.NextNormal()), 15, 700);
        double spread = random.NextDouble();
        double pedigree = Math.Round(0.12 + (0.5 * spread) + (1.1 * spread * spread * spread * random.NextDouble()), 3);
        logit = -1.05 + (0.046 * (glucose - 120)) + (0.11 * (bmi - 32)) + (1.3 * (pedigree - 0.47)) + (0.02 * (age - 33)) + (0.13 * (pregnancies - 3.5));

        // About as often as in the real data, skin fold and insulin were not measured, which a 0 stands for.
        bool skinMeasured = random.NextDouble() >= 0.3;
        bool insulinMeasured = skinMeasured && random.NextDouble() >= 0.27;
        return [pregnancies, glucose, pressure, skinMeasured ? skin : 0, insulinMeasured ? insulin : 0, Math.Round(bmi, 1), pedigree, age];
    }

    private static double Whole(double value, double low, double high) => Math.Floor(Between(value, low, high) + 0.5);

    private static double Between(double value, double low, double high) => Math.Clamp(value, low, high);
}
