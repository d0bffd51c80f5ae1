// In the place of the modules for maps, which no chart of the course is.
module.exports = {};
