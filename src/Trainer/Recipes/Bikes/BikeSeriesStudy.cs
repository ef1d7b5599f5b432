using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>The first predictor's failure on raw numbers, its mending, and its over-fitting: networks, figures and pages.</summary>
internal sealed class BikeSeriesStudy(RecipeStudy study, BikeSeries series)
{
    private const int FirstHidden = 10;
    private const int FirstSteps = 10_000;
    private const double FirstLearningRate = 0.01;

    /// <summary>A sigmoid below this, or as close to 1, hardly passes a gradient.</summary>
    private const double Saturated = 0.01;

    private static readonly int[] Sizes = [2, 5, 10, 25, 50];

    public void Run()
    {
        int steps = Math.Max(1, FirstSteps * study.Options.Epochs!.Value / new Bike1().Epochs);
        study.Note(string.Create(CultureInfo.InvariantCulture, $"Training the first predictor twice, {steps:N0} steps each: on the number of the hour as it is, and divided by {series.Hours}."));
        Variant raw = First(number => number, steps);
        Variant normalized = First(number => number / series.Hours, steps);
        study.Figures["rmse_raw_number"] = series.RootMeanSquare(raw.Predicted, 0);
        study.Figures["rmse_normalized_number"] = series.RootMeanSquare(normalized.Predicted, 0);
        study.Figures["saturated_raw_number"] = raw.SaturatedShare;
        study.Figures["saturated_normalized_number"] = normalized.SaturatedShare;
        double[] main = Predict(study.Model);
        study.Figures["rmse_mended"] = series.RootMeanSquare(main[..series.Hours], 0);
        study.Figures["rmse_following_hours"] = series.RootMeanSquare(main[series.Hours..], series.Hours);
        study.Figures["target_mean"] = series.CountMean;
        study.Figures["target_std"] = series.CountStd;
        if (study.IsReported)
        {
            study.Sections.Add(Raw(raw));
            study.Sections.Add(Normalized(raw, normalized));
            study.Sections.Add(Mended(main));
            study.Sections.Add(OverFitting(main));
        }
    }

    private Variant First(Func<double, double> scale, int steps)
    {
        Model model = Bike1.CreateNetwork(FirstHidden, 1, new Sgd(FirstLearningRate), study.Seed);
        var data = series.Raw(scale);
        Tensor<float> atFirst = model.Activations(data.X, "hidden", series.Hours);
        History history = study.Train(model, data, new FitOptions { Epochs = steps, BatchSize = series.Hours });
        return new Variant(
            Array.ConvertAll(model.Predict(data.X, series.Hours).ToArray(), value => (double)value),
            history["loss"],
            atFirst,
            atFirst.ToArray().Average(value => value < Saturated || value > 1 - Saturated ? 1.0 : 0.0));
    }

    private double[] Predict(Model model)
    {
        Tensor<float> x = BikeSeries.Numbers(0, 2 * series.Hours, number => (number - series.NumberMean) / series.NumberStd);
        return Array.ConvertAll(model.Predict(x, series.Hours).ToArray(), value => (value * series.CountStd) + series.CountMean);
    }

    private ReportSection Raw(Variant raw)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            The first predictor: {FirstHidden} sigmoid neurons see the number of the hour as it is, from 0 to {series.Hours - 1}, and learn {series.Hours} counts by gradient descent with all of them in every step. It ends {study.Figures["rmse_raw_number"]:F1} bikes off in the root mean square; always saying the mean would be {series.CountStd:F1} off.

            The reason shows before the first step. Weights of about 1 times numbers of about {series.Hours / 2} drive the sigmoids to 0 or 1: {100 * raw.SaturatedShare:F0} % of the activations are within {Saturated} of an end, where the slope is nearly 0 and so is every gradient that must pass. Only the first few hours can be told apart.
            """);
        return new ReportSection("Raw numbers: the sigmoids saturate", text, Fit("The first predictor on raw numbers", series.Hours, ("prediction", raw.Predicted)), AtFirst("Hidden neurons before training, raw numbers", raw));
    }

    private ReportSection Normalized(Variant raw, Variant normalized)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"The same network, first weights, steps and learning rate with the number divided by {series.Hours}: {100 * normalized.SaturatedShare:F0} % of the activations are saturated at first instead of {100 * raw.SaturatedShare:F0} %, and the error falls to {study.Figures["rmse_normalized_number"]:F1} bikes instead of {study.Figures["rmse_raw_number"]:F1}.");
        return new ReportSection(
            "Numbers from 0 to 1: it learns",
            text,
            Fit("The first predictor on normalised numbers", series.Hours, ("prediction", normalized.Predicted)),
            AtFirst("Hidden neurons before training, normalised numbers", normalized),
            new LinePlot("Mean squared error", "step", "bikes² an hour²", Every("raw", raw.Losses), Every("normalised", normalized.Losses)) { YScale = AxisScale.Logarithmic });
    }

    private ReportSection Mended(double[] main)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Mended: number and counts standardised, {study.Model.Layers[0].OutputShape[0]} neurons, steep first weights, and a quasi-Newton method in place of gradient descent. The curve now goes through nearly all of the {series.Hours} counts, {study.Figures["rmse_mended"]:F1} bikes off in the root mean square.");
        return new ReportSection("More neurons: it fits", text, Fit("The mended predictor on the hours that it learned", series.Hours, ("prediction", main[..series.Hours])));
    }

    private ReportSection OverFitting(double[] main)
    {
        double mean = series.RootMeanSquare(Enumerable.Repeat(series.CountMean, series.Hours), series.Hours);
        double following = study.Figures["rmse_following_hours"];
        IReadOnlyList<string>[] rows = [.. Sizes.Select(Size)];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            The next {series.Hours} hours it has not seen. There the curve is {following:F1} bikes off, {following / study.Figures["rmse_mended"]:F0} times as much as on the hours that it learned; {(following > mean ? "always saying their mean would do better" : "always saying their mean would do no better")} ({mean:F1}). Beyond the last number that it learned no sigmoid turns any more, and the curve runs flat: the number of the hour holds nothing that repeats from day to day. It learned the hours by heart.

            With more neurons the learned hours are met ever better and the following ones are not. What would help is not a larger network but other inputs: hour of the day, weekday, weather, which is the next predictor.
            """);
        return new ReportSection(
            "The following hours: over-fitting",
            text,
            Fit("The mended predictor goes on", 2 * series.Hours, ("prediction", main)) with { XMarks = [new AxisTick(series.Hours - 0.5, "not learned from here on")] },
            new ReportTable("Networks of other sizes, trained alike", ["neurons", "learned hours, RMSE", "following hours, RMSE"], rows));
    }

    private IReadOnlyList<string> Size(int hidden)
    {
        Model model = Bike1.CreateNetwork(hidden, 8, new Lbfgs(historySize: 20, iterationsPerStep: 20), study.Seed);
        study.Train(model, study.Data.Train, new FitOptions { Epochs = study.Options.Epochs!.Value, BatchSize = series.Hours });
        double[] predicted = Predict(model);
        return
        [
            hidden.ToString(CultureInfo.InvariantCulture),
            series.RootMeanSquare(predicted[..series.Hours], 0).ToString("F1", CultureInfo.InvariantCulture),
            series.RootMeanSquare(predicted[series.Hours..], series.Hours).ToString("F1", CultureInfo.InvariantCulture),
        ];
    }

    private LinePlot Fit(string title, int hours, params (string Name, double[] Values)[] curves) => new(
        title,
        "number of the hour",
        "bikes an hour",
        [PlotSeries.Of("truth", [.. series.Counts.Take(hours)]) with { HasMarkers = true }, .. curves.Select(curve => PlotSeries.Of(curve.Name, curve.Values))])
    {
        IsWide = true,
    };

    private LinePlot AtFirst(string title, Variant variant)
    {
        int neurons = variant.AtFirst.Shape[1];
        return new LinePlot(
            title,
            "number of the hour",
            "activation",
            [.. Enumerable.Range(0, neurons).Select(neuron => PlotSeries.Of("", [.. Enumerable.Range(0, series.Hours).Select(hour => (double)variant.AtFirst.Span[(hour * neurons) + neuron])]) with { Color = 0 })]);
    }

    private static PlotSeries Every(string name, IReadOnlyList<double> losses)
    {
        int stride = Math.Max(1, losses.Count / 500);
        int[] steps = [.. Enumerable.Range(0, losses.Count).Where(step => step % stride == 0)];
        return new PlotSeries(name, [.. steps.Select(step => step + 1.0)], [.. steps.Select(step => losses[step])]);
    }

    /// <summary>A trained first predictor.</summary>
    /// <param name="Predicted">Its counts for the hours that it learned.</param>
    /// <param name="Losses">The loss of every step.</param>
    /// <param name="AtFirst">Activations before training, [hours, neurons].</param>
    /// <param name="SaturatedShare">The share of saturated ones among them.</param>
    private sealed record Variant(double[] Predicted, IReadOnlyList<double> Losses, Tensor<float> AtFirst, double SaturatedShare);
}
