using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Losses;

namespace Toolkit.Trainer.Training;

/// <summary>A model's programs, one for each purpose and batch size.</summary>
internal sealed class ProgramCache(LayeredModel model)
{
    private readonly Dictionary<(Purpose Purpose, int Rows), StepProgram> _programs = [];

    private enum Purpose
    {
        Train,
        Evaluate,
        Predict,
    }

    public void Clear() => _programs.Clear();

    public StepProgram Train(int rows, Loss loss) => Get(Purpose.Train, rows, loss);

    public StepProgram Evaluate(int rows, Loss loss) => Get(Purpose.Evaluate, rows, loss);

    public StepProgram Predict(int rows) => Get(Purpose.Predict, rows, null);

    private StepProgram Get(Purpose purpose, int rows, Loss? loss)
    {
        if (!_programs.TryGetValue((purpose, rows), out StepProgram? program))
        {
            program = Record(purpose == Purpose.Train, rows, loss);
            _programs.Add((purpose, rows), program);
        }

        return program;
    }

    private StepProgram Record(bool isTraining, int rows, Loss? loss)
    {
        Tape tape = Tape.ForRecording(isTraining);
        Variable x = tape.Input([rows, .. model.InputShape!.Value.Dimensions], "x");
        if (loss is null)
        {
            return new StepProgram(tape, [x], null, model.Call(tape, x));
        }

        Variable y = tape.Input([rows, .. loss.TargetShape(model.OutputShape).Dimensions], "y");
        (Variable value, Variable? predictions) = TrainingGraph.Record(tape, model, loss, x, y);
        return value.Shape.Length == 1
            ? new StepProgram(tape, [x, y], value, predictions)
            : throw new InvalidOperationException($"Loss '{loss.Name}' must give a scalar, got shape {value.Shape}.");
    }
}
